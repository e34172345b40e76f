//! A CEL expression over one object, bounded whatever the object is.
//!
//! CEL has no recursion and no unbounded loop, so what is left to bound is how often a loop turns and how much it makes:
//! - every loop asks a [`Budget`] before its first turn, and pays for all of them, the dearer the larger the object is;
//! - nothing may grow inside a loop: no `+`, and no list or map of anything but constants;
//! - the pattern of `matches` is part of the expression, never of the object;
//! - expressions, their nesting and objects have a largest size.
//!
//! What goes beyond is an error, and an error is never a verdict. A panic of the interpreter is an error too.

use cel::{
    Context, ExecutionError, Program, Value,
    common::ast::{CallExpr, ComprehensionExpr, EntryExpr, Expr, IdedExpr, operators},
    objects::Key,
};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Characters of an expression at most.
const LONGEST: usize = 2_000;
/// Brackets within brackets at most: the parser calls itself for each.
const DEEPEST: usize = 24;
/// Bytes of an object at most.
const LARGEST_OBJECT: usize = 2 << 20;
/// What the loops of one object may cost: a turn costs one, and one more for every [`WEIGHT`] bytes of the object.
const COST_OF_OBJECT: u64 = 20_000;
const WEIGHT: usize = 4 << 10;
/// What the loops of one check may cost in one reading of a cluster.
const COST_OF_CHECK: u64 = 20_000_000;
/// The function that every loop calls; no expression can name it, since `@` begins no name.
const PAY: &str = "@pay";

/// Why an object was not judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has no such field, and the expression does not ask `has()` first.
    Missing {
        /// The field.
        field: String,
    },
    /// It is too large, or the loops of the check took too long.
    Limit,
    /// A value is of another type than the expression takes it for.
    Failed,
}

/// What is left of the time that a check may take in one reading of a cluster.
#[derive(Debug)]
pub struct Budget(Arc<AtomicU64>);

impl Default for Budget {
    fn default() -> Self {
        Self::of(COST_OF_CHECK)
    }
}

impl Budget {
    /// So many turns.
    pub(crate) fn of(cost: u64) -> Self {
        Self(Arc::new(AtomicU64::new(cost)))
    }
}

/// An object that expressions can be asked about.
pub(super) struct Subject {
    context: Context<'static, 'static>,
    /// What is left for this object; zero once a loop was refused.
    left: Arc<AtomicU64>,
}

/// An expression that was parsed, and may be evaluated.
#[derive(Debug)]
pub(super) struct Expression {
    text: String,
    program: IdedExpr,
}

impl Subject {
    /// Takes an object in, as the JSON that the API server sent.
    pub(super) fn new(json: &str, budget: &Budget) -> Result<Self, Why> {
        if json.len() > LARGEST_OBJECT {
            return Err(Why::Limit);
        }
        // Nesting is bounded by the parser.
        let object: serde_json::Value = serde_json::from_str(json).map_err(|_| Why::Failed)?;
        let left = Arc::new(AtomicU64::new(COST_OF_OBJECT));
        let mut context = Context::default();
        context.add_variable_from_value("object", value(object));
        let turn = 1 + (json.len() / WEIGHT) as u64;
        let (of_object, of_check) = (Arc::clone(&left), Arc::clone(&budget.0));
        let pay = move |range: Value| {
            let turns = match &range {
                Value::List(list) => list.len(),
                Value::Map(map) => map.map.len(),
                _ => 0,
            };
            let cost = turn.saturating_mul(turns as u64);
            if take(&of_object, cost) && take(&of_check, cost) {
                Ok(range)
            } else {
                of_object.store(0, Ordering::Relaxed);
                Err(ExecutionError::function_error(PAY, "too many turns"))
            }
        };
        context.add_function(PAY, pay).map_err(|_| Why::Failed)?;
        Ok(Self { context, left })
    }
}

/// Takes `cost` from what is left; never the last of it, so that nothing left means that something was refused.
fn take(left: &AtomicU64, cost: u64) -> bool {
    let rest = |left: u64| left.checked_sub(cost).filter(|rest| *rest > 0);
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, rest).is_ok()
}

/// Whole numbers are `int` wherever they fit, so that `replicas - 1` means what it says.
fn value(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(value),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => Value::Int(number),
            (None, Some(number)) => Value::UInt(number),
            (None, None) => number.as_f64().map_or(Value::Null, Value::Float),
        },
        serde_json::Value::String(text) => Value::String(Arc::new(text)),
        serde_json::Value::Array(items) => Value::List(Arc::new(items.into_iter().map(value).collect())),
        serde_json::Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, field)| (Key::from(name), value(field)));
            Value::Map(cel::objects::Map { map: Arc::new(fields.collect::<HashMap<_, _>>()) })
        }
    }
}

impl Expression {
    /// Parses an expression; the error is a sentence for its author.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.chars().count() > LONGEST {
            return Err(format!("the expression is longer than {LONGEST} characters"));
        }
        if nesting(text) > DEEPEST {
            return Err(format!("the expression has more than {DEEPEST} brackets within each other"));
        }
        let parsed =
            catch_unwind(|| Program::compile(text)).map_err(|_| "the expression cannot be parsed".to_owned())?;
        let parsed = parsed.map_err(|errors| {
            let told = errors.errors.iter().map(|error| format!("column {}: {}", error.pos.1, error.msg));
            format!("not CEL: {}", told.collect::<Vec<_>>().join("; "))
        })?;
        let mut program = parsed.expression().clone();
        bound(&mut program, None)?;
        Ok(Self { text: text.to_owned(), program })
    }

    /// The answer to a yes/no question.
    pub(super) fn asks(&self, subject: &Subject) -> Result<bool, Why> {
        match self.evaluate(subject)? {
            Value::Bool(answer) => Ok(answer),
            _ => Err(Why::Failed),
        }
    }

    /// A text.
    pub(super) fn tells(&self, subject: &Subject) -> Result<String, Why> {
        match self.evaluate(subject)? {
            Value::String(text) => Ok(text.as_ref().clone()),
            _ => Err(Why::Failed),
        }
    }

    fn evaluate(&self, subject: &Subject) -> Result<Value, Why> {
        let evaluated = catch_unwind(AssertUnwindSafe(|| Value::resolve(&self.program, &subject.context)));
        // `||` and `&&` may answer in spite of an error on one side: a loop that was refused must not go unnoticed.
        if subject.left.load(Ordering::Relaxed) == 0 {
            return Err(Why::Limit);
        }
        match evaluated {
            Ok(Ok(value)) => Ok(value),
            // Only names that the author wrote: a key that was computed may hold anything.
            Ok(Err(ExecutionError::NoSuchKey(field))) if self.text.contains(field.as_str()) => {
                Err(Why::Missing { field: field.as_ref().clone() })
            }
            Ok(Err(_)) | Err(_) => Err(Why::Failed),
        }
    }
}

/// How deep brackets are within brackets, also those in texts: rather too many than too few.
fn nesting(text: &str) -> usize {
    let mut depth = 0_usize;
    let depths = text.chars().map(|character| {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth
    });
    depths.max().unwrap_or_default()
}

/// Makes every loop pay, and refuses what could grow in one. `accumulator` is the loop's own, where this is in a loop.
fn bound(expression: &mut IdedExpr, accumulator: Option<&str>) -> Result<(), String> {
    match &mut expression.expr {
        Expr::Call(call) => bound_call(call, accumulator),
        Expr::Comprehension(comprehension) => bound_loop(comprehension, accumulator),
        Expr::List(list) => list.elements.iter_mut().try_for_each(|element| constant_in(element, accumulator)),
        Expr::Map(map) => map.entries.iter_mut().try_for_each(|entry| match &mut entry.expr {
            EntryExpr::MapEntry(entry) => {
                constant_in(&mut entry.key, accumulator)?;
                constant_in(&mut entry.value, accumulator)
            }
            EntryExpr::StructField(_) => Err("messages cannot be made here".into()),
        }),
        Expr::Select(select) => bound(&mut select.operand, accumulator),
        Expr::Struct(_) => Err("messages cannot be made here".into()),
        Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => Ok(()),
    }
}

fn bound_call(call: &mut CallExpr, accumulator: Option<&str>) -> Result<(), String> {
    if call.func_name == "matches" && !call.args.last().is_some_and(is_constant) {
        return Err("the pattern of matches() must be a text in the expression itself".into());
    }
    if let (operators::ADD, Some(name)) = (call.func_name.as_str(), accumulator) {
        // What `map` and `filter` are made of: the one addition that the loop itself makes, of a list of one.
        return match call.args.as_mut_slice() {
            [sum, added] if matches!(&sum.expr, Expr::Ident(ident) if ident == name) => match &mut added.expr {
                Expr::List(list) => list.elements.iter_mut().try_for_each(|element| bound(element, accumulator)),
                _ => Err("nothing may be added to a list within a loop".into()),
            },
            _ => Err("+ may not be used within a loop".into()),
        };
    }
    call.target.iter_mut().try_for_each(|target| bound(target, accumulator))?;
    call.args.iter_mut().try_for_each(|argument| bound(argument, accumulator))
}

fn bound_loop(comprehension: &mut ComprehensionExpr, outer: Option<&str>) -> Result<(), String> {
    bound(&mut comprehension.iter_range, outer)?;
    let range = std::mem::take(&mut comprehension.iter_range);
    let id = range.id;
    let pay = CallExpr { func_name: PAY.into(), target: None, args: vec![range] };
    comprehension.iter_range = IdedExpr { id, expr: Expr::Call(pay) };
    let own = comprehension.accu_var.clone();
    for part in [&mut comprehension.loop_cond, &mut comprehension.loop_step, &mut comprehension.result] {
        // `exists_one` counts with `+ 1`.
        if !counts(part, &own) {
            bound(part, Some(&own))?;
        }
    }
    Ok(())
}

/// Whether a step is `condition ? sum + 1 : sum`, whose condition is bounded by itself.
fn counts(step: &mut IdedExpr, own: &str) -> bool {
    let Expr::Call(choice) = &mut step.expr else { return false };
    let (operators::CONDITIONAL, [condition, then, _]) = (choice.func_name.as_str(), choice.args.as_mut_slice()) else {
        return false;
    };
    let Expr::Call(sum) = &then.expr else { return false };
    let one_more = sum.func_name == operators::ADD
        && matches!(sum.args.as_slice(), [IdedExpr { expr: Expr::Ident(name), .. }, one] if name == own && is_constant(one));
    one_more && bound(condition, Some(own)).is_ok()
}

/// An element of a list or a map: within a loop, only a constant.
fn constant_in(element: &mut IdedExpr, accumulator: Option<&str>) -> Result<(), String> {
    match accumulator {
        Some(_) if !is_constant(element) => Err("a list or map within a loop may hold only constants".into()),
        _ => bound(element, accumulator),
    }
}

fn is_constant(expression: &IdedExpr) -> bool {
    matches!(expression.expr, Expr::Literal(_))
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing { field } => write!(f, "it has no \"{field}\", and the expression does not ask has() first"),
            Self::Limit => f.write_str("it is too large for this check, or the check's loops are too long"),
            Self::Failed => f.write_str("a value is of another type than the expression takes it for"),
        }
    }
}
