//! Makes the files of `dist/` out of what Trunk built: `kept.js` for host pages, the hosted page,
//! and the single file. Trunk calls it after every build.
//!
//! All three are the same program, one function of JavaScript that is handed what differs: where the
//! two compiled programs come from, and how a copy of the single file is made (`www/*_form.js`).

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::commands::{Done, command, root, run};
use crate::dist::{gzipped, hexadecimal, sha256};
use crate::tools::can_shrink;

/// Filled in: hashes of inline scripts, of inline styles.
const HOSTED_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src {styles}; img-src 'self' data: blob:; worker-src blob:; connect-src 'self'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types kept";
const SINGLE_POLICY: &str = "default-src 'none'; script-src {scripts} 'wasm-unsafe-eval'; style-src {styles}; img-src data: blob:; worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types kept";

/// What the page says, after three seconds without any script of ours, where the program would be.
const HOSTED_NOT_STARTED: &str = "Kept cannot load its program here, as from a folder or in a sandboxed frame: open <a href=\"kept.html\">kept.html</a> instead, the same program in one file.";
const SINGLE_NOT_STARTED: &str = "Kept may not run here, because the server that sent this file forbids its script: save the file and open it from your own disk.";

/// Where something is put into the single file.
const HOLE: &str = "<!-- hole -->";

/// What LLVM emits by now; stripping took away the section that says so.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// One of the two programs, as Trunk built it.
struct Program {
    name: &'static str,
    glue: String,
    wasm: Vec<u8>,
}

/// Assembles the files in Trunk's staging directory.
pub(crate) fn bundle() -> Done {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .ok_or("`bundle` is called by Trunk; use `cargo xtask dist`")?;
    let release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let page = Program::taken_from(&staging, "page", release.then_some("-Oz"))?;
    let worker = Program::taken_from(&staging, "worker", release.then_some("-O3"))?;
    let shell = fs::read_to_string(root().join("index.html"))?;

    let program = program_of(&page, &worker)?;
    let single = Single::made(&shell, &program)?;
    let script = hosted_script(&staging, [&page, &worker], &program, &single)?;
    fs::write(staging.join("kept.js"), &script)?;
    let script_name = format!("kept-{}.js", short_hash(script.as_bytes()));
    fs::write(staging.join(&script_name), &script)?;
    let tag = format!("<script type=\"module\" src=\"{script_name}\"></script>");
    fs::write(
        staging.join("index.html"),
        filled(&shell, HOSTED_POLICY, HOSTED_NOT_STARTED, &tag, "")?,
    )?;

    // A debug build is far too large for one file.
    if release {
        fs::write(staging.join("kept.html"), single.page([&page, &worker])?)?;
    }
    Ok(())
}

impl Program {
    /// Reads one program, shrinks it if asked, and takes Trunk's own files away.
    fn taken_from(staging: &Path, name: &'static str, shrink: Option<&str>) -> Done<Self> {
        let glue_path = staging.join(format!("{name}.js"));
        let wasm_path = staging.join(format!("{name}_bg.wasm"));
        if let Some(level) = shrink.filter(|_| can_shrink()) {
            run(command("wasm-opt")
                .arg(&wasm_path)
                .arg("-o")
                .arg(&wasm_path)
                .arg(level)
                .args(WASM_FEATURES))?;
        }
        let program = Self {
            name,
            glue: fs::read_to_string(&glue_path)?,
            wasm: fs::read(&wasm_path)?,
        };
        fs::remove_file(glue_path)?;
        fs::remove_file(wasm_path)?;
        Ok(program)
    }

    /// Its file beside `kept.js`.
    fn file_name(&self) -> String {
        format!("kept-{}-{}.wasm", self.name, short_hash(&self.wasm))
    }

    /// The glue as a function that gives a fresh `wasm_bindgen`. It is handed no `document`: it
    /// would only look for the address of its own script, which inline scripts do not have.
    fn function(&self) -> String {
        let constant = self.name.to_uppercase();
        format!(
            "const {constant} = () => ((document) => {{\n{}\nreturn wasm_bindgen;\n}})();\n",
            self.glue
        )
    }
}

/// `kept.js`: an ES module that finds its programs beside it, and can make a copy of `kept.html`.
fn hosted_script(
    staging: &Path,
    programs: [&Program; 2],
    program: &str,
    single: &Single,
) -> Done<String> {
    let mut form = source("hosted_form.js")?;
    for program in programs {
        let name = program.file_name();
        fs::write(staging.join(&name), &program.wasm)?;
        form = form.replace(&format!("{{{}}}", program.name), &name);
    }
    let shell: Vec<String> = single.around.iter().map(|text| js_string(text)).collect();
    Ok([
        format!("const KEPT = {program};"),
        format!("const SHELL = [{}];", shell.join(", ")),
        format!("const SINGLE_FORM = {};", js_string(&single.form)),
        format!(
            "const SCRIPT_LENGTH = {};",
            single.script.encode_utf16().count()
        ),
        format!("KEPT({form});\n"),
    ]
    .join("\n"))
}

/// `kept.html`: everything in one file, with hashes instead of addresses in its policy.
struct Single {
    /// The text before the page's program, between the two programs, after them, and after the script.
    around: [String; 4],
    script: String,
    form: String,
}

impl Single {
    fn made(shell: &str, program: &str) -> Done<Self> {
        let form = source("single_form.js")?;
        let script = format!("\n(() => {{\nconst KEPT = {program};\nKEPT({form});\n}})();\n");
        if script.contains("</script") || script.contains("<!--") {
            return Err("the script would end the element that it is inlined in".into());
        }
        let holder =
            |name| format!("<script type=\"text/plain\" id=\"kept-{name}\">{HOLE}</script>\n");
        let page = filled(
            shell,
            SINGLE_POLICY,
            SINGLE_NOT_STARTED,
            &[holder("page"), holder("worker"), HOLE.to_owned()].concat(),
            &source_hash(&script),
        )?;
        let parts: Vec<&str> = page.split(HOLE).collect();
        let [first, between, last, end] = parts.as_slice() else {
            return Err("kept.html has to have three holes".into());
        };
        Ok(Self {
            around: [first, between, last, end].map(|&text| text.to_owned()),
            script,
            form,
        })
    }

    /// The file, without any table in it.
    fn page(&self, programs: [&Program; 2]) -> Done<String> {
        let [first, between, last, end] = &self.around;
        let [page, worker] = programs.map(|program| gzipped(&program.wasm));
        let script = &self.script;
        Ok([
            first,
            STANDARD.encode(page?).as_str(),
            between,
            STANDARD.encode(worker?).as_str(),
            last,
            "<script>",
            script,
            "</script>",
            end,
        ]
        .concat())
    }
}

/// The program as a JavaScript function of its form, written without anything from outside it.
fn program_of(page: &Program, worker: &Program) -> Done<String> {
    let sum = |program: &Program| {
        let sum = hexadecimal(&sha256(&program.wasm));
        js_string(&format!("{sum}  {}", program.file_name()))
    };
    Ok([
        "(form) => {".to_owned(),
        page.function(),
        worker.function(),
        format!("const STYLES = {};", js_string(&source("style.css")?)),
        format!("const SUMS = [{}, {}];", sum(page), sum(worker)),
        format!("const SAID = {{{}}};", said(&source("kept.js")?)?),
        // The last line of kept.js starts the elements of the page.
        source("carried.js")?,
        source("kept.js")?,
        "}".to_owned(),
    ]
    .join("\n"))
}

/// What the sentences of the script are in every language of the page: the script says them where
/// the program, which has all texts, cannot start.
fn said(script: &str) -> Done<String> {
    let mut languages = Vec::new();
    for file in fs::read_dir(root().join("src/present/languages"))? {
        let path = file?.path();
        if path.extension().is_none_or(|end| end != "po") {
            continue;
        }
        let catalogue = fs::read_to_string(&path)?;
        let quoted = |line: &str, before: &str| {
            let text = line.strip_prefix(before)?.trim();
            Some(text.strip_prefix('"')?.strip_suffix('"')?.to_owned())
        };
        let mut key = String::new();
        let mut texts = Vec::new();
        for line in catalogue.lines() {
            if let Some(text) = quoted(line, "msgid ") {
                key = text;
            } else if let Some(told) = quoted(line, "msgstr ")
                && key.contains(' ')
                && script.contains(&format!("\"{key}\""))
            {
                texts.push(format!("{}: {}", js_string(&key), js_string(&told)));
            }
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        languages.push(format!("{}: {{{}}}", js_string(&name), texts.join(", ")));
    }
    languages.sort();
    Ok(languages.join(", "))
}

fn source(name: &str) -> Done<String> {
    Ok(fs::read_to_string(root().join("www").join(name))?)
}

/// The page's frame with its policy, its program, and what stands there while no program does.
fn filled(
    shell: &str,
    policy: &str,
    not_started: &str,
    program: &str,
    script_hashes: &str,
) -> Done<String> {
    let styles: Vec<String> = between(shell, "<style>", "</style>")
        .map(source_hash)
        .collect();
    let policy = policy
        .replace("{styles}", &styles.join(" "))
        .replace("{scripts}", script_hashes);
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    let mut page: String = shell
        .lines()
        .filter(|line| !line.contains("data-trunk"))
        .flat_map(|line| [line, "\n"])
        .collect();
    for (place, text) in [
        ("<!-- content-security-policy -->", meta.as_str()),
        ("<!-- not started -->", not_started),
        ("<!-- program -->", program),
    ] {
        if !page.contains(place) {
            return Err(format!("index.html has no {place}").into());
        }
        page = page.replace(place, text);
    }
    Ok(page)
}

fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(open)
        .skip(1)
        .filter_map(move |rest| rest.split(close).next())
}

fn source_hash(inline: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(sha256(inline.as_bytes())))
}

fn short_hash(bytes: &[u8]) -> String {
    hexadecimal(&sha256(bytes)).chars().take(12).collect()
}

/// A JavaScript string that may also stand in an inline script.
fn js_string(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|character| match character {
            '"' | '\\' => format!("\\{character}"),
            '<' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                format!("\\u{:04x}", u32::from(character))
            }
            _ => character.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}
