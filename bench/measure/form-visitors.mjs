import { formPosts } from "./form-posts.mjs";

/**
 * Lets visitors ask for the form of a server: each then has a session.
 *
 * @returns The request with which each of them can post the form, again and again.
 */
export async function formVisitors(origin, count) {
  const visitors = [];
  for (let number = 0; number < count; number += 1) {
    const next = formPosts();
    const { headers } = await fetch(origin + next().path);
    visitors.push(next({ headers: { ...Object.fromEntries(headers), "set-cookie": headers.getSetCookie() } }));
  }
  return visitors;
}
