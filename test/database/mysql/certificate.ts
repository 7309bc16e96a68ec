import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certificate {
  readonly folder: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** Makes a certificate for one name, signed by itself, that is good for a day. */
export function makeCertificate(name: string): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "tina4-certificate-"));
  const [certificateFile, keyFile] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const kind = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1".split(" ");
  const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
  const { status, stderr } = spawnSync("openssl", [...kind, ...subject, "-keyout", keyFile, "-out", certificateFile], {
    encoding: "utf8",
  });
  if (status !== 0) {
    throw new Error(`openssl: ${stderr}`);
  }
  return { folder, certificateFile, keyFile };
}
