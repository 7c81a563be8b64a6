namespace DermAssistant.Agent;

/// <summary>What the narrator says of words: concepts, checklists, rules, and words that stand in names.</summary>
internal sealed partial class NarratorVoice
{
    private void Term(NarratorPlan plan, DraftWriter draft)
    {
        if (plan.Meaning.Term is not { } asked || plan.Term(asked) is not { Evidence: { } evidence } found) return;
        if (found.Checklist is { } list)
        {
            draft.Say(phrases.Phrase("term.checklist", ("name", Words.Head(found.Name!)), ("items", Words.List(list.Items))), evidence);
            // A list without a number of its own is told by its caution.
            if (list.Threshold > 1) draft.Say(phrases.Phrase("term.threshold", ("threshold", $"{list.Threshold}")), evidence);
            if (list.Caution is { } caution) draft.Say(caution, evidence);
        }
        else if (found.Names.Count > 0)
        {
            draft.Say(
                phrases.Phrase("term.names", ("word", asked), ("names", Words.List([.. found.Names.Select(match => match.As == match.Name ? phrases.Inside(match.Name) : $"{match.As} ({phrases.Inside(match.Name)})")]))),
                evidence);
        }
        else if (found.Definition is { } definition)
        {
            draft.Say(found.Name is null ? definition : phrases.Phrase("term.concept", ("name", Words.Head(found.Name)), ("definition", definition)), evidence);
            if (found.Conditions.Count > 0)
            {
                var names = found.Conditions.Select(node => phrases.Inside(node.Name)).ToList();
                draft.Say(
                    found.Linked > names.Count
                        ? phrases.Phrase("term.listedMore", ("name", Words.Head(found.Name!)), ("names", string.Join(", ", names)))
                        : phrases.Phrase("term.listed", ("name", Words.Head(found.Name!)), ("names", Words.List(names))),
                    found.ConditionsEvidence);
            }
        }

        if (found.Names.Count == 0) draft.Say(phrases.Phrase("term.unreviewed"), evidence);
        draft.Paragraph();
    }
}
