import { after } from "node:test";
import { databaseStatementsContract } from "../../contracts/database-statements.ts";
import { databaseTransactionsContract } from "../../contracts/database-transactions.ts";
import { databaseValuesContract } from "../../contracts/database-values.ts";
import type { DriverUnderTest } from "../../contracts/opened-database.ts";
import { startMariadb } from "./mariadb-server.ts";
import { openMysql } from "./opened-mysql.ts";

const server = await startMariadb();
after(async () => typeof server === "string" || server.stop());

const driver: DriverUnderTest = {
  name: "mysql",
  skip: typeof server === "string" && server,
  open: async (connections) => {
    if (typeof server === "string") throw new Error(server);
    return openMysql(server, connections === "one" ? 1 : 4);
  },
  types: { id: "BIGINT AUTO_INCREMENT PRIMARY KEY", bytes: "BLOB" },
  syntax: {
    insertOrIgnore: "INSERT IGNORE INTO users (email) VALUES (?)",
    insertOrUpdate: "INSERT INTO users (email) VALUES (?) ON DUPLICATE KEY UPDATE name = 'Eve'",
    insertChosen: "INSERT INTO users (email) WITH chosen (email) AS (SELECT 'a@example.org') SELECT email FROM chosen",
    tellsIdOfReturning: false,
  },
};
databaseStatementsContract(driver);
databaseValuesContract(driver);
databaseTransactionsContract(driver);
