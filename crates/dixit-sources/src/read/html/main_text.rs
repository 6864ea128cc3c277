//! Which of a page's blocks are its text.
//!
//! By the weight of paragraphs in their containers, as readers' views in browsers do: Christian
//! Kohlschütter and others, "Boilerplate Detection using Shallow Text Features" (WSDM 2010), for length
//! and links as what tells; the half weight of a paragraph for the container around its own is that of
//! Mozilla's Readability. A library that gives the text alone loses where it stands.

use super::blocks::{Block, Blocks};

/// A paragraph has at least so many bytes.
const PARAGRAPH_BYTES: usize = 25;

/// The part of all weight with which a container stands for the page.
pub(super) const ENOUGH: f64 = 0.5;

/// The blocks of the main text: one stretch of them.
pub(super) fn main_text(page: &Blocks) -> &[Block] {
    let blocks = &page.blocks;
    let mut weights = vec![0.0_f64; page.containers.len()];
    let mut all = 0.0;
    for block in blocks.iter().filter(|block| is_prose(block)) {
        let weight = block.text.len() as f64;
        all += weight;
        let mut share = 1.0;
        let mut at = Some(block.container);
        while let Some(container) = at {
            weights[container] += weight * share;
            share *= 0.5;
            at = page.containers[container].parent.filter(|_| share > 0.01);
        }
    }
    // Prose within each container: those inside come after those around them.
    let mut totals = vec![0.0_f64; page.containers.len()];
    for block in blocks.iter().filter(|block| is_prose(block)) {
        totals[block.container] += block.text.len() as f64;
    }
    for at in (0..totals.len()).rev() {
        if let Some(parent) = page.containers[at].parent {
            totals[parent] += totals[at];
        }
    }
    let total = |container: usize| totals[container];
    let marked = (0..page.containers.len())
        .filter(|at| page.containers[*at].is_main)
        .max_by(|a, b| weights[*a].total_cmp(&weights[*b]))
        .filter(|at| total(*at) >= all * ENOUGH);
    let heaviest =
        || (0..weights.len()).max_by(|a, b| weights[*a].total_cmp(&weights[*b]).then(b.cmp(a)));
    let Some(mut chosen) = marked.or_else(heaviest) else { return blocks };
    // A container that holds but a part of the text is a section of it.
    while total(chosen) < all * ENOUGH
        && let Some(parent) = page.containers[chosen].parent
    {
        chosen = parent;
    }
    let within: Vec<usize> =
        (0..blocks.len()).filter(|at| is_within(page, blocks[*at].container, chosen)).collect();
    let is_end = |at: &&usize| !is_menu(&blocks[**at]);
    let (first, last) = (within.iter().find(is_end), within.iter().rev().find(is_end));
    match (first, last) {
        (Some(first), Some(last)) => &blocks[*first..=*last],
        _ => &[],
    }
}

fn is_within(page: &Blocks, mut container: usize, outer: usize) -> bool {
    loop {
        if container == outer {
            return true;
        }
        match page.containers[container].parent {
            Some(parent) => container = parent,
            None => return false,
        }
    }
}

pub(super) fn is_prose(block: &Block) -> bool {
    block.text.len() >= PARAGRAPH_BYTES && !is_menu(block) && block.heading.is_none()
}

/// Whether a block mostly leads elsewhere.
pub(super) fn is_menu(block: &Block) -> bool {
    block.linked * 2 > block.text.len()
}
