import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { readFileSync } from "node:fs";
import { normaliseRouterOs } from "../../src/config_history/routeros_text.ts";
import { createMask } from "../../src/config_history/secrets.ts";
import { normaliseWled } from "../../src/config_history/wled_text.ts";
import { createRandom, type Random } from "../support/random.ts";
import { snapshotIn, withHouse } from "./house.ts";
import { NEVER } from "./setup.ts";
import { startStubGear } from "./stub_gear.ts";

const mask = createMask(new Uint8Array(32).fill(1));
const MARK = /<secret:[0-9a-f]{8}>/;

Deno.test("the same secret has the same mark, another secret or another key another one", () => {
  assertMatch(mask("hunter2"), MARK);
  assertEquals(mask("hunter2"), mask("hunter2"));
  assertEquals(mask(mask("hunter2")), mask("hunter2"));
  assertNotEquals(mask("hunter2"), mask("hunter3"));
  assertNotEquals(mask("hunter2"), createMask(new Uint8Array(32).fill(2))("hunter2"));
});

Deno.test("what a router keeps secret is marked wherever it stands, and nothing else", async () => {
  const secret = async (line: string) => {
    const shown = await normaliseRouterOs(line, mask, NEVER);
    assert(MARK.test(shown) && !shown.includes("hunter2"), shown);
  };
  for (
    const line of [
      "/ppp secret\nadd name=anna password=hunter2 profile=default",
      '/ppp secret\nadd name=anna password="my \\"hunter2\\" is" profile=default',
      "/interface wireless security-profiles\nset [ find default=yes ] wpa2-pre-shared-key=hunter2",
      '/interface wifi\nset wifi1 security.passphrase="hunter2"',
      '/interface wireguard\nadd name=wg1 private-key="hunter2="',
      "/interface wireguard peers\nadd preshared-key=hunter2",
      "/ip ipsec identity\nadd secret=hunter2",
      "/snmp community\nset [ find default=yes ] name=hunter2",
      "/snmp community add name=hunter2",
      "/interface macsec profile\nadd static-key-0=hunter2",
      '/system script\nadd name=x source="/tool fetch url=https://anna:hunter2@cloud/ mode=https"',
      '/system script\nadd name=x source="/tool e-mail send password=\\"hunter2 and\\" to=a"',
      '/system script\nadd name=x source=":local password hunter\\n/radius add secret=hunter2;"',
      '/container envs\nadd key=TOKEN name=a value="hunter2"',
      'x password="hunter2 without end',
      "/tool romon\nset enabled=yes secrets=hunter2",
      '/tool romon port\nadd interface=ether1 secrets="a,hunter2"',
      "/system ntp key\nadd key-id=1 key-val=hunter2",
      "/snmp\nset trap-community=hunter2",
      "/snmp/community\nadd name=hunter2",
      "/user-manager user\nadd attributes=Mikrotik-Wireless-Psk:hunter2 name=a",
      "/tool fetch url=ftp://anna:hun/hunter2@10.0.0.1/",
      '/ip dns\nset use-doh-server="https://dns/q?a=b&token=hunter2"',
      '/ip address\nadd comment="wifi password: hunter2, behind the door"',
      '/ip address\nadd comment="the key=" password="hunter2"',
      '/ip address\nadd comment="the key=" password="a \\\\" secret="hunter2"',
      '/file\nadd contents="-----BEGIN RSA PRIVATE KEY-----\\nhunter2\\n-----END RSA PRIVATE KEY-----"',
      '/system script\nadd source=":local password \\"hunter2\\"\\r\\n"',
      '/system script\nadd source=":global wifiPass hunter2\\r\\n"',
      '/system script\nadd source=":set \\$apiKey \\"hunter2\\""',
      '/system script\nadd source=":put (\\"key=\\" . \\$x); add password=\\"hunter2\\""',
      '/system script\nadd source="{\\"password\\"=\\"hunter2\\"}"',
      '/system script\nadd source="/tool fetch http-header-field=\\"Authorization: Bearer hunter2\\" url=x"',
      '/system script\nadd source="/tool fetch http-data=\\"{\\\\\\"password\\\\\\": \\\\\\"hunter2\\\\\\"}\\""',
      '/system script\nadd source="x url=\\"https://api.telegram.org/bot123456789:AAhunter2hunter2hunter2hunter2hunter2/s\\""',
      '/system script\nadd source="wg=\\"PrivateKey = hunter2\\""',
      "/user\nadd name=anna \\\n    passw\\\n    ord=hun\\\n    ter2 group=full",
      '/tool fetch http-header-field="X-Api-Key:CCC,Authorization:Bearer hunter2" url=x',
      '/tool fetch http-header-field="X-Api-Key: CCC, X-Other: a hunter2"',
      '/tool fetch http-header-field="Authorization: ApiKey hunter2,Accept:b"',
      '/system script\nadd source="/tool fetch http-header-field=\\"Authorization: Bearer AAA,X-Api-Key: hunter2\\" url=x"',
      '/system script\nadd source="/tool fetch http-header-field=\\"X-Auth-Token:EE1,Authorization:Basic hunter2\\""',
      '/system script\nadd source=":local head \\"X-Api-Key:CCC,Authorization:Bearer hunter2\\""',
      '/system script\nadd source=":local head \\"X-Api-Key: CCC, X-Other-Key: a hunter2\\""',
      ...["mqttpass", "wifipass", "userpw", "smtppwd", "wifikey", "mqttPsw", "wpaText", "privateHostKey"].map((name) =>
        `/system script\nadd source=":local ${name} \\"hunter2\\""`
      ),
      "/interface macsec\nadd cak=hunter2 ckn=abc",
    ]
  ) await secret(line);
  for (
    const line of [
      "/ip address\nadd address=10.0.0.1/24 comment=password\n",
      "/interface bridge\nadd name=key\n",
      "/ip firewall filter\nadd chain=forward key-usage=x\n",
      '/interface wireguard peers\nadd public-key="abc="\n',
      '/tool netwatch\nadd host=10.0.0.2 comment="mail a@b.c"\n',
      '/ppp secret\nadd name=anna password=""\n',
      '/ip address\nadd comment="the key=" address=10.0.0.1/24 interface="ether1"\n',
      '/ip address\nadd comment="Basic: a token" disabled=no\n',
      '/ip firewall filter\nadd action=passthrough comment="a: b = c" src-mac-address=00:11:22:33:44:55\n',
      '/system script\nadd name=x source=":local count 1; :put \\"a\\"" policy=read\n',
      '/tool fetch url="http://10.0.0.1:8080/a@2x.png?size=3"\n',
      "/ip ssh\nset always-allow-password-login=yes host-key-size=4096\n",
      '/system script\nadd source=":local hostKey \\"a\\"; :local pubkey \\"b\\"; :local bypass c"\n',
      '/interface ovpn-client\nadd auth=sha1 certificate=none comment="bypass: a"\n',
      '/tool fetch http-header-field="Accept: a b,Host:c" url=x\n',
    ]
  ) assertEquals(await normaliseRouterOs(line, mask, NEVER), line);
});

Deno.test("what follows the headers of a request stays to be seen", async () => {
  for (const headers of ["X-Api-Key:a,Authorization:b", '"X-Api-Key:a,Authorization:Bearer b"']) {
    const shown = await normaliseRouterOs(`/tool fetch http-header-field=${headers} mode=https`, mask, NEVER);
    assertMatch(shown, /^\/tool fetch http-header-field="?X-Api-Key:<secret:[0-9a-f]{8}>"? mode=https\n$/);
  }
});

Deno.test("what a controller keeps secret is marked wherever it stands, and nothing else", async () => {
  const secrets = {
    cfg: {
      nw: { ins: [{ ssid: "Home", psk: "hunter2" }], wpa_key: { deep: ["hunter2"] } },
      ap: { pskl: 8, "ap-Password": "hunter2" },
      if: { mqtt: { user: "anna", psk: "hunter2", broker: "mqtt://anna:hunter2@10.0.0.2" }, apiKey: "hunter2" },
      ota: { pin: "hunter2" },
    },
    more: { e_pw: "hunter2", passwort: "hunter2", password_2: "hunter2", "MQTT Password ": "hunter2", psk: 4711815 },
    numbers: { pass: 4711815, mqttpwd: 4711815, pw: [4711815], psw2: 4711815, wifiPass: { deep: 4711815 } },
    texts: { cak: "hunter2", wifikey: "hunter2", userpin: "hunter2" },
    hooks: ["http://x/?a=b&token=hunter2", "https://api/bot123456789:AAhunter2hunter2hunter2hunter2hunter2/send"],
    presets: { 1: { n: "x", token: "hunter2" } },
  };
  const shown = await normaliseWled(JSON.stringify(secrets), mask, NEVER) ?? "";
  assert(!shown.includes("hunter2") && !shown.includes("4711815"), shown);
  for (const open of ['"ssid": "Home"', '"pskl": 8', '"user": "anna"', "@10.0.0.2", '"n": "x"']) {
    assert(shown.includes(open), open);
  }
  const harmless = '{"cfg":{"hw":{"pin":[16]},"psk":"","key":7,"um":{"Sound":{"a":"http://10.0.0.1:80/x@2"},' +
    '"bypass":1,"compass":90,"pass":"","public_key":"abc","hostKey":"abc"}},"presets":{}}';
  assert(!MARK.test(await normaliseWled(harmless, mask, NEVER) ?? ""));
});

const LETTERS = [..."abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!$%&()*+,.:;<>?@[]^{|}~é💡'#"];
const QUOTED = ["\\", '"', " ", "/", "="];

/** Long enough that none comes about by chance. */
const secretOf = (random: Random, letters: readonly string[]) =>
  Array.from({ length: 12 + random.int(20) }, () => random.pick(letters)).join("");

const rosQuoted = (secret: string) => `"${secret.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

function exportWith(random: Random, secrets: string[]): string {
  const secret = (quoted: boolean) => {
    const made = secretOf(random, quoted ? [...LETTERS, ...QUOTED] : LETTERS.filter((letter) => letter !== ";"));
    secrets.push(made);
    return quoted ? rosQuoted(made) : made;
  };
  const name = () =>
    random.pick(["password", "secret", "private-key", "wpa2-pre-shared-key", "passphrase", "auth-key"]);
  const line = () => `add name=a comment="b c" ${name()}=${secret(random.chance(0.5))} disabled=no`;
  const community = () => `/snmp community\nadd name=${secret(true)} addresses=::/0`;
  const lines = Array.from({ length: 8 }, () => random.chance(0.3) ? community() : line());
  return `# 2026-11-22 10:00:00 by RouterOS 7.16.1\n/ppp secret\n${lines.join("\n")}\n`;
}

function filesWith(random: Random, secrets: string[]) {
  const secret = () => {
    const made = secretOf(random, [...LETTERS, ...QUOTED]);
    secrets.push(made);
    return made;
  };
  const key = () => random.pick(["psk", "password", "pin", "api_key", "token", "mqttPass", "hash", "wpaKey"]);
  const some = () =>
    Object.fromEntries(Array.from({ length: 3 }, () => [key(), random.chance(0.5) ? secret() : [secret()]]));
  return {
    cfg: { hw: {}, nw: { ins: [some(), some()] }, um: some() },
    presets: { 0: {}, 1: { n: "x", deep: some() } },
  };
}

/** As it stands, and as JSON or a quoted export would write it. */
const formsOf = (secret: string) => [secret, JSON.stringify(secret).slice(1, -1), rosQuoted(secret).slice(1, -1)];

Deno.test("no secret is in the database, the log, the process log or any answer", async () => {
  const random = createRandom(8);
  const secrets: string[] = [];
  let text = "";
  await using gear = await startStubGear();
  const setup = { runOverSsh: () => Promise.resolve({ ok: true, text } as const) };
  await withHouse(async ({ app, add, backUp, call }) => {
    const light = await add({ url: gear.url });
    const ssh = { device_type: "routeros", url: "ssh://127.0.0.1", ssh_user: "a", ssh_identity: "/k" };
    const router = await add({ name: "Gate", ...ssh });
    const seen: string[] = [];
    for (let round = 0; round < 6; round++) {
      text = exportWith(random, secrets);
      Object.assign(gear, filesWith(random, secrets));
      for (const id of [light, router]) {
        const { id: sid } = await snapshotIn(await backUp(id));
        for (const part of ["", "/diff", "/download"]) {
          const answer = await call("GET", `/api/v1/devices/${id}/config-snapshots/${sid}${part}`);
          assertEquals(answer.status, 200);
          seen.push(await answer.text());
        }
      }
    }
    seen.push(...app().log, JSON.stringify(app().entries()));
    const stored = ["", "-wal"].map((end) => readFileSync(app().path + end, "latin1"));
    for (const secret of secrets.flatMap(formsOf)) {
      assert(!seen.some((shown) => shown.includes(secret)), secret);
      const bytes = String.fromCharCode(...new TextEncoder().encode(secret));
      assert(!stored.some((file) => file.includes(bytes)), secret);
    }
    assert(secrets.length > 100 && seen.join().split("<secret:").length > secrets.length, `${secrets.length} secrets`);
  }, { setup });
});

Deno.test("a changed password shows as a change, and the same one does not", async () => {
  await using gear = await startStubGear();
  const withPassword = (psk: string) => ({ hw: {}, nw: { ins: [{ ssid: "Home", psk }] } });
  await withHouse(async ({ add, backUp }) => {
    const id = await add({ url: gear.url });
    gear.cfg = withPassword("one");
    await snapshotIn(await backUp(id));
    await snapshotIn(await backUp(id), 200);
    gear.cfg = withPassword("two");
    const { lines_added, lines_removed } = await snapshotIn(await backUp(id));
    assertEquals([lines_added, lines_removed], [1, 1]);
  });
});
