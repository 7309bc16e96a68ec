// The same pages in the languages of the engines: what they show has to be equal, but for ends of lines.
const ROWS = 20;
const MANY_ROWS = 1_000;

const HEAD = "<!doctype html>\n<html><head><title>Products</title></head><body><table>\n";
const FOOT = "</table></body></html>\n";
const NAVIGATION = '<nav><a href="/">Home</a><a href="/products">Products</a></nav>\n';

/** A row has 3 values and 2 conditions. */
const TWIG_ROWS = `{% for product in products %}<tr class="{% if product.isNew %}new{% else %}known{% endif %}"><td>{{ product.name }}</td><td>{{ product.price }}</td>\
<td>{{ product.maker }}</td><td>{% if product.stock > 0 %}in stock{% else %}sold out{% endif %}</td></tr>
{% endfor %}`;
const ETA_ROWS = `<% for (const product of it.products) { %><tr class="<% if (product.isNew) { %>new<% } else { %>known<% } %>"><td><%= product.name %></td><td><%= product.price %></td>\
<td><%= product.maker %></td><td><% if (product.stock > 0) { %>in stock<% } else { %>sold out<% } %></td></tr>
<% } %>`;
/** Its tags stand on lines of their own, so what is chosen within a line is printed without escaping. */
const EDGE_ROWS = `@each(product in products)
<tr class="{{{ product.isNew ? 'new' : 'known' }}}"><td>{{ product.name }}</td><td>{{ product.price }}</td>\
<td>{{ product.maker }}</td><td>{{{ product.stock > 0 ? 'in stock' : 'sold out' }}}</td></tr>
@end
`;

/** Files by name: `table` is one page, `layout` one with a layout, two blocks and an include, `later` one that awaits a function at its end. */
export const TWIG_PAGES = {
  table: `${HEAD}${TWIG_ROWS}${FOOT}`,
  layout: `{% extends "frame" %}{% block title %}{{ shop }}{% endblock %}{% block content %}<table>\n${TWIG_ROWS}</table>{% endblock %}`,
  frame: `<!doctype html>\n<html><head><title>{% block title %}{% endblock %}</title></head><body>
{% include "navigation" %}{% block content %}{% endblock %}</body></html>\n`,
  navigation: NAVIGATION,
  later: `${HEAD}${TWIG_ROWS}{{ shop|greeting }}${FOOT}`,
};
export const ETA_PAGES = {
  table: `${HEAD}${ETA_ROWS}${FOOT}`,
  layout: `<% layout("@frame", { title: it.shop }) %><table>\n${ETA_ROWS}</table>`,
  frame: `<!doctype html>\n<html><head><title><%= it.title %></title></head><body>
<%~ include("@navigation") %><%~ it.body %></body></html>\n`,
  navigation: NAVIGATION,
  later: `${HEAD}${ETA_ROWS}<%= await it.greeting(it.shop) %>${FOOT}`,
};
export const EDGE_PAGES = {
  table: `${HEAD}${EDGE_ROWS}${FOOT}`,
  layout: `@component('frame')\n@slot('title')\n{{ shop }}\n@end\n@slot('content')\n<table>\n${EDGE_ROWS}</table>\n@end\n@end\n`,
  frame: `<!doctype html>\n<html><head><title>{{{ await $slots.title() }}}</title></head><body>
@include('navigation')\n{{{ await $slots.content() }}}</body></html>\n`,
  navigation: NAVIGATION,
  later: `${HEAD}${EDGE_ROWS}{{ await greeting(shop) }}${FOOT}`,
};

export async function greeting(shop) {
  return `Welcome to ${shop}`;
}

export const DATA = dataOf(ROWS);
export const MUCH_DATA = dataOf(MANY_ROWS);
export const NO_DATA = dataOf(0);

function dataOf(rows) {
  const products = Array.from({ length: rows }, (_, index) => ({
    name: index % 4 === 0 ? `Tom & Jerry <${index}>` : `Product number ${index}`,
    price: 9.5 + index,
    maker: `Maker ${index % 3}`,
    isNew: index % 3 === 0,
    stock: index % 5,
  }));
  return { shop: "Tina's", products };
}
