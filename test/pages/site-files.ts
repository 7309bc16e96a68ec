/** A layout as projects have one: it prints a nonce, an asset, the path of a named route, and a form token for logging out. */
export const LAYOUT = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{% block title %}Site{% endblock %}</title>
<link rel="stylesheet" href="{{ asset('/css/app.css') }}">
<script nonce="{{ csp_nonce() }}">document.documentElement.dataset.page = {{ title }};</script>
</head>
<body>
<nav><a href="{{ url('home') }}">Home</a></nav>
{% block content %}{% endblock %}
</body>
</html>
`;

/** The contact page of the book. */
export const CONTACT = `{# src/templates/contact.twig #}
{% extends "base.twig" %}
{% block title %}Contact Us{% endblock %}
{% block content %}
<div class="container mt-5" style="max-width: 500px;">
    <h2>{{ title }}</h2>
    <form id="contactForm">
        {{ form_token() }}
        <div class="mb-3">
            <label for="name">Name</label>
            <input type="text" name="name" id="name" class="form-control"
                   placeholder="Jane Smith" required>
        </div>
        <button type="button" class="btn btn-primary"
                onclick="saveForm('contactForm', '/api/contact', 'contactMsg')">
            Send Message
        </button>
        <div id="contactMsg" class="mt-3"></div>
    </form>
</div>
{% endblock %}
`;

/** The dashboard of the book, with a list. */
export const DASHBOARD = `{% extends "base.twig" %}
{% block content %}
<h1>{{ email }}</h1><p>{{ role }}</p>
<ul>{% for order in orders %}<li><a href="{{ url('order', { id: order.id, tab: "items" }) }}">{{ order.title }}</a></li>{% else %}<li>None{% endfor %}</ul>
{% endblock %}
`;

export const STYLE = "body { color: black }";
