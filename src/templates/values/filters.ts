import type { Callable } from "./callable.ts";
import { callableTable } from "./callable-table.ts";
import { ARROW_FILTERS } from "./filters/arrow-filters.ts";
import { DATE_FILTERS } from "./filters/date-filters.ts";
import { ESCAPING_FILTERS } from "./filters/escaping-filters.ts";
import { LIST_FILTERS } from "./filters/list-filters.ts";
import { NUMBER_FILTERS } from "./filters/number-filters.ts";
import { TEXT_FILTERS } from "./filters/text-filters.ts";

/** Every filter of the language, by name. */
export const FILTERS: Readonly<Record<string, Callable>> = callableTable(
  TEXT_FILTERS,
  LIST_FILTERS,
  ARROW_FILTERS,
  NUMBER_FILTERS,
  DATE_FILTERS,
  ESCAPING_FILTERS,
);
