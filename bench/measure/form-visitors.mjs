/**
 * Lets visitors ask for the form of servers/growth.mjs: each then has a session.
 *
 * @returns The headers and the body with which each of them can post the form, again and again.
 */
export async function formVisitors(origin, count) {
  const visitors = [];
  for (let number = 0; number < count; number += 1) {
    const { headers } = await fetch(`${origin}/form`);
    const [cookie] = headers.get("set-cookie").split(";");
    const formToken = headers.get("x-form-token");
    visitors.push({
      headers: {
        Cookie: cookie,
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
      },
      body: `name=Alice+Example&formToken=${formToken}`,
    });
  }
  return visitors;
}
