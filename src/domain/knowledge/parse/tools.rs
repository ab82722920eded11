//! Reads the files in `tools/`.

use std::collections::BTreeMap;

use super::fields::{
    Cited, Names, Owners, check_length, check_past, check_small, read_day, read_id, read_topic_id, short_text,
};
use super::folder::{Folder, TOOLS, file_name};
use super::section::{Located, Section};
use crate::knowledge::{Belongs, Item, Note, Problem, Tool};

/// Letters of an id.
const ID: usize = 40;
/// Characters that say what a tool is.
const WHAT: usize = 120;
/// Characters in a note.
const NOTE: usize = 200;

/// A tool, and the lines of its counterparts.
struct Read {
    file: String,
    tool: Tool,
    counterparts: Vec<Located<String>>,
}

/// Reads every tool, sorted by id.
pub(super) fn read_tools(folder: &mut Folder<'_>, names: &Names<'_>) -> Vec<Tool> {
    let mut owners = [Owners::new(), Owners::new()];
    let files = folder.read_all(TOOLS, "a list of tools", |id, mut root| {
        let sections = root.sections("tool", "a tool").into_iter().enumerate();
        let tools = sections.map(|(number, section)| {
            section.note(Item::Tool(number), section.line);
            read_tool(section, file_name(TOOLS, id), names, &mut owners)
        });
        let tools: Vec<Read> = tools.collect();
        root.finish();
        tools
    });
    let read: Vec<Read> = files.into_iter().flatten().collect();
    // Where a part is lost, a tool may be in it.
    if folder.is_whole(TOOLS) {
        counterpart_problems(&read).into_iter().for_each(|problem| folder.add_reference(problem));
    }
    let mut tools: Vec<Tool> = read.into_iter().map(|read| read.tool).collect();
    tools.sort_by(|one, other| one.id.cmp(&other.id));
    tools
}

fn read_tool(mut section: Section<'_, '_>, file: String, names: &Names<'_>, owners: &mut [Owners; 2]) -> Read {
    let [ids, owners] = owners;
    let id = read_id(&mut section, ID);
    if let Some(owner) = ids.insert(id.value.clone(), file.clone()).filter(|_| id.line > 0) {
        section.problem(id.line, format!("the tool `{}` stands in {owner} too, expected each tool once", id.value));
    }
    let tool_names = read_names(&mut section, &id.value, owners);
    let plain = section.optional::<bool>("plain", "true or false").is_some_and(|plain| plain.value);
    let belongs = read_side(&mut section, names);
    let what = short_text(&mut section, "what", WHAT);
    if what.contains('\n') {
        section.problem(section.line, "`what` has several lines, expected one");
    }
    let counterparts = section.optional_texts("counterparts");
    let topic = read_topic_id(&mut section, names).value;
    let note = read_note(&mut section, names);
    let mut cited = Cited::default();
    cited.read(&mut section, names);
    section.finish();
    let tool = Tool {
        id: id.value,
        names: tool_names,
        plain,
        belongs,
        what,
        counterparts: counterparts.iter().map(|counterpart| counterpart.value.clone()).collect(),
        topic,
        note,
        sources: cited.into_sources(names),
    };
    Read { file, tool, counterparts }
}

/// The names of a tool; `owners` are those that other tools have.
fn read_names(section: &mut Section<'_, '_>, id: &str, owners: &mut Owners) -> Vec<String> {
    let is_there = section.has("names");
    let names = section.texts("names");
    check_small(section, &names);
    if names.is_empty() && is_there {
        section.problem(section.line, "`names` is empty, expected the names by which people call the tool");
    }
    for Located { value, line } in &names {
        let name = value.trim().to_lowercase();
        if name.is_empty() {
            section.problem(*line, "a name is blank, expected a text");
        } else if let Some(owner) = owners.insert(name, id.to_owned()) {
            section.problem(*line, format!("the name `{value}` belongs to {owner} too, expected it for one tool only"));
        }
    }
    names.into_iter().map(|name| name.value.trim().to_owned()).collect()
}

fn read_side(section: &mut Section<'_, '_>, names: &Names<'_>) -> Belongs {
    let side = section.text("side");
    match (side.value.as_str(), names.side(&side.value), names.subjects) {
        (_, Some(side), _) => return Belongs::To(side),
        ("both", ..) => return Belongs::Both,
        ("neither", ..) => {}
        (other, None, Some([first, second])) if side.line > 0 => {
            let expected = format!("{}, {}, both or neither", first.id, second.id);
            section.problem(side.line, format!("`side` cannot be `{other}`, expected {expected}"));
        }
        _ => {}
    }
    Belongs::Neither
}

/// What else there is to say, with the day on which it was so.
fn read_note(section: &mut Section<'_, '_>, names: &Names<'_>) -> Option<Note> {
    let text = section.optional_text("note");
    text.iter().for_each(|text| check_length(section, "note", text, NOTE));
    let noted = read_day(section, "noted");
    noted.iter().for_each(|noted| check_past(section, names, "noted", noted));
    match (text, noted) {
        (Some(text), Some(noted)) => Some(Note { text: text.value, noted: noted.value }),
        (None, None) => None,
        (Some(text), None) => {
            section.absence(text.line, "the `note` has no `noted`, expected the day on which it was so");
            None
        }
        (None, Some(noted)) => {
            section.problem(noted.line, "`noted` belongs to a `note`, expected one");
            None
        }
    }
}

/// Counterparts have to exist, to be on the other side, and to name each other.
fn counterpart_problems(tools: &[Read]) -> Vec<Problem> {
    let by_id: BTreeMap<&str, &Tool> = tools.iter().map(|read| (read.tool.id.as_str(), &read.tool)).collect();
    let problem = |tool: &Tool, counterpart: &str| {
        let Some(other) = by_id.get(counterpart) else {
            return Some(format!("there is no tool `{counterpart}`, expected an id of a tool in tools/"));
        };
        if !tool.belongs.is_opposite(other.belongs) || tool.id == other.id {
            return Some(format!("`{counterpart}` is not on the other side, expected a tool that is"));
        }
        let is_mutual = other.counterparts.contains(&tool.id);
        (!is_mutual).then(|| format!("`{counterpart}` does not have `{}` among its counterparts, expected it", tool.id))
    };
    let problems = tools.iter().flat_map(|Read { file, tool, counterparts }| {
        let found = counterparts.iter().filter_map(|one| Some((one.line, problem(tool, &one.value)?)));
        found.map(|(line, what)| Problem::new(file, line, what))
    });
    problems.collect()
}
