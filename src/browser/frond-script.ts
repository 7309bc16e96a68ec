import { frond, saveForm } from "./frond.ts";

// Defined, not assigned: a property of the window itself comes before an element of that name, and is not overwritten by chance.
for (const [name, value] of Object.entries({ frond, saveForm })) {
  Object.defineProperty(window, name, { value, configurable: true });
}
