const FORM = "application/x-www-form-urlencoded";

/**
 * A scenario: asks for the form once, then posts it again and again.
 *
 * Each post has the cookie and the form token that the answers before it brought.
 */
export function formPosts() {
  let cookie;
  let formToken;
  return (answer) => {
    if (answer === undefined) return { path: "/form", headers: { Origin: "" } };
    cookie = answer.headers["set-cookie"]?.[0].split(";")[0] ?? cookie;
    formToken = answer.headers["x-form-token"] ?? formToken;
    const headers = { "Content-Type": FORM, Cookie: cookie, "Sec-Fetch-Site": "same-origin", Origin: "" };
    return { method: "POST", path: "/form", headers, body: `name=Alice+Example&formToken=${formToken}` };
  };
}
