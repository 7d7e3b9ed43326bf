//! The JSON formats: the schemas say what the reader accepts, the worked example comes out as written down, and what
//! is wrong is named.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests fail loudly")]

use std::fs::read_to_string;

use fair_share::generator::Size;
use fair_share::json::{check, generate, read_plan, read_problem, simulate, solve, write};
use proptest::prelude::*;
use serde_json::{Value, from_str, json};

fn doc(name: &str) -> String {
    read_to_string(format!("{}/../../docs/allocation/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn solved(problem: &str) -> String {
    solve(problem, &mut || true).unwrap()
}

/// As much of JSON Schema as the two schemas use; the paths of what does not fit.
fn misfits(schema: &Value, root: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let name = name.trim_start_matches("#/$defs/");
        return misfits(&root["$defs"][name], root, value, path, found);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let allowed = match &schema["type"] {
        Value::String(one) => one == kind,
        Value::Array(some) => some.iter().any(|one| one == kind),
        _ => true,
    };
    let listed = schema.get("enum").and_then(Value::as_array).is_none_or(|list| list.contains(value));
    let bound = |name: &str| schema.get(name).and_then(Value::as_i64);
    let large = value.as_i64().is_none_or(|n| {
        bound("minimum").is_none_or(|least| n >= least) && bound("maximum").is_none_or(|most| n <= most)
    });
    if !allowed || !listed || !large {
        found.push(path.to_owned());
    }
    if let (Value::Array(items), Some(each)) = (value, schema.get("items")) {
        for (i, item) in items.iter().enumerate() {
            misfits(each, root, item, &format!("{path}[{i}]"), found);
        }
    }
    if let (Value::Object(fields), Some(known)) = (value, schema.get("properties")) {
        for (name, field) in fields {
            match known.get(name) {
                Some(one) => misfits(one, root, field, &format!("{path}.{name}"), found),
                None => found.push(format!("{path}.{name}")),
            }
        }
        for name in schema["required"].as_array().unwrap() {
            if !fields.contains_key(name.as_str().unwrap()) {
                found.push(format!("{path}.{}", name.as_str().unwrap()));
            }
        }
    }
}

fn fits(schema: &str, text: &str) -> Vec<String> {
    let (schema, value): (Value, Value) = (from_str(&doc(schema)).unwrap(), from_str(text).unwrap());
    let mut found = Vec::new();
    misfits(&schema, &schema, &value, "", &mut found);
    found
}

#[test]
fn the_worked_example_comes_out_as_written_down() {
    let (problem, plan) = (doc("example.problem.json"), doc("example.plan.json"));
    let found = solved(&problem);
    assert_eq!(from_str::<Value>(&found).unwrap(), from_str::<Value>(&plan).unwrap(), "{found}");
    assert!(check(&problem, &plan).unwrap().sound);
    assert_eq!(fits("problem.schema.json", &problem), Vec::<String>::new());
    assert_eq!(fits("plan.schema.json", &plan), Vec::<String>::new());
}

#[test]
fn what_is_generated_and_solved_fits_the_schemas_and_is_the_same_every_time() {
    let size = Size { structures: 15, lots: 40, supply_percent: 70 };
    let problem = generate(size, 5).unwrap();
    assert_eq!(problem, generate(size, 5).unwrap());
    assert_eq!(fits("problem.schema.json", &problem), Vec::<String>::new());
    let plan = solved(&problem);
    assert_eq!(plan, solved(&problem));
    assert_eq!(fits("plan.schema.json", &plan), Vec::<String>::new());
    let verdict = check(&problem, &plan).unwrap();
    assert!(verdict.sound && verdict.json().starts_with("{\"sound\":true"), "{}", verdict.json());
    assert_eq!(write(&read_problem(&problem).unwrap()), problem);
    assert_eq!(write(&read_plan(&plan).unwrap()), plan);
}

/// Sets what a JSON pointer names; null takes it away.
fn with(text: &str, pointer: &str, to: Value) -> String {
    let mut value: Value = from_str(text).unwrap();
    let (place, name) = pointer.rsplit_once('/').unwrap();
    let place = value.pointer_mut(place).unwrap();
    match (place, to) {
        (Value::Object(fields), Value::Null) => drop(fields.remove(name)),
        (Value::Object(fields), to) => drop(fields.insert(name.to_owned(), to)),
        (list, to) => list[name.parse::<usize>().unwrap()] = to,
    }
    value.to_string()
}

#[test]
fn the_wrong_field_is_named_in_words() {
    let fine = doc("example.problem.json");
    let cases = [
        ("/format", json!("tablee-allocation-problem-9"), "format: must be « tablee-allocation-problem-1 »"),
        ("/lots/2/grams", json!(-1), "lots[2].grams: must not be negative"),
        ("/lots/2/grams", json!(1.5), "lots[2].grams: invalid type: floating point `1.5`, expected i64"),
        ("/lots/2/grams", json!("20 kg"), "lots[2].grams: invalid type: string \"20 kg\", expected i64"),
        ("/lots/0/candidates/1/structure", json!(7), "lots[0].candidates[1].structure: names something"),
        ("/lots/0/crate_gram", json!(5), "lots[0].crate_gram: unknown field `crate_gram`"),
        (
            "/lots/1/exclusions/0/reason",
            json!("Tired"),
            "lots[1].exclusions[0].reason: unknown variant `Tired`",
        ),
        ("/lots/0/rayon", Value::Null, "lots[0]: missing field `rayon`"),
        ("/structures/1/storage", json!([1]), "structures[1].storage: does not have the length"),
        (
            "/structures/1/needs/0/caps/1",
            json!(9_000_000_000_000_000_i64),
            "structures[1].needs[0].caps[1]: is too",
        ),
        ("/rayons/0/temperature", json!(2), "rayons[0].temperature: names something"),
        ("/names/lots", json!(["one"]), "names.lots: must have 3 entries, or none"),
        ("/options/balance_metres", json!(-4), "options.balance_metres: invalid value"),
    ];
    for (pointer, value, words) in cases {
        let wrong = solve(&with(&fine, pointer, value), &mut || true).unwrap_err().to_string();
        assert!(wrong.starts_with(words), "{pointer}: {wrong}");
    }
    assert!(read_problem("{").unwrap_err().to_string().starts_with("EOF while parsing"));
    assert!(read_problem(&format!("{fine} x")).unwrap_err().to_string().starts_with("trailing characters"));
    let plan = doc("example.plan.json");
    let wrong = check(&fine, &with(&plan, "/crates/0/grams", json!(true))).unwrap_err();
    assert_eq!(wrong.path, "plan:crates[0].grams");
}

#[test]
fn a_plan_from_elsewhere_may_have_shares_only() {
    let problem = doc("example.problem.json");
    let mut plan: Value = from_str(&doc("example.plan.json")).unwrap();
    for field in ["levels", "groups", "certificate", "haul", "unallocated", "explanations"] {
        plan.as_object_mut().unwrap().remove(field);
    }
    assert!(check(&problem, &plan.to_string()).unwrap().sound);
    plan["crates"][0]["grams"] = json!(i64::MAX);
    let verdict = check(&problem, &plan.to_string()).unwrap();
    assert!(!verdict.sound);
    assert!(verdict.json().contains("LotExceeded"), "{}", verdict.json());
}

#[test]
fn a_simulation_goes_from_text_to_text() {
    let text = r#"{"format":"tablee-allocation-simulation-1",
        "settings":{"structures":8,"lots_per_day":4,"days":7},
        "policies":["nearest_first","batch",{"gathered":{"minimum_permille":150}}],"seeds":[1,2]}"#;
    let rows: Vec<Value> = from_str(&simulate(text).unwrap()).unwrap();
    assert_eq!(rows.len(), 8);
    assert_eq!(rows[2]["policy"], json!({"gathered": {"minimum_permille": 150}}));
    assert!(rows[0]["figures"]["gini"].is_i64());
    let wrong = simulate(&text.replace("\"days\":7", "\"days\":70000")).unwrap_err();
    assert_eq!(wrong.to_string(), "settings.days: must be from 0 to 3660");
    let huge = Size { structures: 2_000_000, lots: 1, supply_percent: 1 };
    assert_eq!(generate(huge, 1).unwrap_err().path, "structures");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_spoilt_text_is_refused_or_solved_but_never_a_panic(
        at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(), how in 0..3,
    ) {
        let (problem, plan) = (doc("example.problem.json"), doc("example.plan.json"));
        let spoil = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            match how {
                0 => bytes[at.index(text.len())] = byte,
                1 => bytes.truncate(cut.index(text.len())),
                _ => bytes[at.index(text.len())] = b'0' + byte % 10,
            }
            String::from_utf8_lossy(&bytes).into_owned()
        };
        if let Ok(found) = solve(&spoil(&problem), &mut || true) {
            prop_assert!(check(&spoil(&problem), &found).unwrap().sound);
        }
        let _ = check(&problem, &spoil(&plan));
    }
}
