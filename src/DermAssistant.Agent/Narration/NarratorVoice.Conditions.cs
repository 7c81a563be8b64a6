using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>What the narrator says of conditions by themselves: place, comparison, description, their part in a photo's differential.</summary>
internal sealed partial class NarratorVoice
{
    private const int MostSynonyms = 4;

    private void Conditions(NarratorPlan plan, DraftWriter draft)
    {
        var meaning = plan.Meaning;
        Term(plan, draft);
        if (meaning.Asks(Intent.Hierarchy) && !plan.Full)
        {
            if (plan.Placed.Count == 0) draft.Say(phrases.Phrase("noFocus"));
            Place(plan, draft, neighbours: true);
            draft.Paragraph();
        }

        if (meaning.Asks(Intent.Compare)) Comparison(plan, draft);
        if (meaning.Asks(Intent.LookUp) || meaning.Asks(Intent.IsItCondition)) LookUps(plan, draft);
    }

    private void Comparison(NarratorPlan plan, DraftWriter draft)
    {
        if (plan.Pairs.Count == 0) draft.Say(phrases.Phrase("noFocus"));
        foreach (var pair in plan.Pairs)
        {
            if (plan.Comparison(pair, plan.Beside[0]) is { First: { } first, Second: { } second } found) Comparison(draft, found, first, second);
            else draft.Say(phrases.Phrase("noFocus"));
        }

        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var photo in plan.Photos)
        {
            var ranked = Sides(plan, photo).Where(side => side is { Probability: not null, ProbabilityEvidence: not null }).ToList();
            if (ranked.Count == 0) continue;
            draft.Say(
                phrases.Phrase("compare.probabilities", ("photo", The(plan, photo)), ("list", Words.List([.. ranked.Select(side => $"{phrases.Inside(side.Node.Name)} {Words.Percent(side.Probability!.Value)}")]))),
                ranked.Select(side => side.ProbabilityEvidence!));
        }

        foreach (var side in Sides(plan, plan.Beside[0]))
            if (side is { UsualUrgency: { } usual, UrgencyEvidence: { } evidence } && told.Add(side.Node.Id))
                draft.Say(phrases.Phrase("compare.urgency", ("name", phrases.Inside(side.Node.Name)), ("urgency", Words.Of(usual))), evidence);
        if (plan.LeftOut.Count > 0) draft.Say(phrases.Phrase("compare.left"));
        draft.Paragraph();
    }

    private static List<ComparedCondition> Sides(NarratorPlan plan, int photo) =>
        [.. plan.Pairs.Select(pair => plan.Comparison(pair, photo)).SelectMany(found => new[] { found?.First, found?.Second }).OfType<ComparedCondition>().DistinctBy(side => side.Node.Id)];

    private void Comparison(DraftWriter draft, ComparisonResult found, ComparedCondition first, ComparedCondition second)
    {
        var (one, other) = (phrases.Inside(first.Node.Name), phrases.Inside(second.Node.Name));
        if (found.Difference is { } difference)
            draft.Say(phrases.Phrase("compare.difference", ("first", one), ("second", other), ("difference", difference)), found.DifferenceEvidence);
        if (found.Shared is { } shared)
            draft.Say(phrases.Phrase("compare.shared", ("first", one), ("second", other), ("shared", phrases.Inside(shared.Name))), found.SharedEvidence);
        Only(draft, first, second, found.FeaturesEvidence);
        Only(draft, second, first, found.FeaturesEvidence);
        if (found.Both.Count > 0) draft.Say(phrases.Phrase("compare.both", ("list", Listed(found.Both))), found.FeaturesEvidence);
        if (first.OnlyHere.Count + second.OnlyHere.Count == 0) draft.Say(phrases.Phrase("compare.noFeatures", ("first", one), ("second", other)), found.FeaturesEvidence);
        draft.Paragraph();
    }

    private void Only(DraftWriter draft, ComparedCondition side, ComparedCondition other, string? evidence)
    {
        if (side.OnlyHere.Count > 0)
            draft.Say(phrases.Phrase("compare.only", ("name", phrases.Inside(side.Node.Name)), ("other", phrases.Inside(other.Node.Name)), ("list", Listed(side.OnlyHere))), evidence);
    }

    private void LookUps(NarratorPlan plan, DraftWriter draft)
    {
        var asked = plan.Meaning.Conditions.Count > 0 ? [.. plan.Meaning.Conditions.Select(c => c.Id)] : plan.It is { } it ? new[] { it } : [];
        if (asked.Length == 0) draft.Say(phrases.Phrase("noFocus"));
        foreach (var id in asked)
        {
            if (plan.Condition(id, plan.Beside[0]) is not { Node: { } node } found) continue;
            if (plan.Meaning.Asks(Intent.IsItCondition))
                foreach (var photo in plan.Photos)
                    if (plan.Condition(id, photo) is { } there) InPhoto(plan, draft, photo, node, there);
            if (plan.Meaning.Asks(Intent.LookUp) || plan.Photos.Count == 0) Describe(draft, node, found);
            draft.Paragraph();
        }
    }

    // "Could it be X?": what the differential says of X.
    private void InPhoto(NarratorPlan plan, DraftWriter draft, int photo, NodeFact node, ConditionResult found)
    {
        if (plan.Several && Unread(plan, draft, photo)) return;
        if (plan.Diagnosis(photo) is not { Differential: [var first, ..] } diagnosis) return;
        var name = phrases.Inside(node.Name);
        if (found is { Probability: { } probability, ProbabilityEvidence: { } evidence })
            draft.Say(phrases.Phrase("condition.probability", ("in", In(plan, photo)), ("name", name), ("percent", Words.Percent(probability))), evidence);
        else if (found.PartOf is { } whole)
            draft.Say(phrases.Phrase("condition.covered", ("in", In(plan, photo)), ("name", name), ("whole", phrases.Inside(whole.Name)), ("percent", Words.Percent(whole.Probability))), found.Evidence, whole.Evidence);
        else if (found.Members.Count > 0)
            draft.Say(
                phrases.Phrase("condition.members", ("in", In(plan, photo)), ("list", Words.List([.. found.Members.Take(MostNames).Select(Ranked)])), ("verb", found.Members.Count == 1 ? "belongs" : "belong"), ("name", name)),
                found.Members.Take(MostNames).Select(m => m.Evidence).Append(found.Evidence!));
        else if (found.InModel == true)
            draft.Say(phrases.Phrase("condition.improbable", ("name", name), ("photo", The(plan, photo))), found.Evidence, diagnosis.Model?.Evidence);
        else
            draft.Say(phrases.Phrase("condition.notInModel", ("name", name), ("photo", The(plan, photo))), found.Evidence, diagnosis.Model?.Evidence);
        if (first.Id != node.Id && found.PartOf?.Id != first.Id)
            draft.Say(phrases.Phrase("condition.notLeading", ("in", In(plan, photo)), ("name", phrases.Inside(first.Name)), ("percent", Words.Percent(first.Probability))), first.Evidence);
    }

    private void Describe(DraftWriter draft, NodeFact node, ConditionResult found)
    {
        draft.Say(phrases.Phrase("place", ("name", phrases.Inside(node.Name)), ("path", string.Join(" › ", node.Path))), found.Evidence);
        var names = found.Synonyms.Prepend(found.PlainName).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(MostSynonyms).ToList();
        if (names.Count > 0) draft.Say(phrases.Phrase("condition.plain", ("name", phrases.Inside(node.Name)), ("names", Words.List([.. names.Select(phrases.Inside)]))), found.NamesEvidence);
        // The flags from Emergency on are told as the usual urgency.
        var flags = found.Flags.Where(flag => flag < ConditionFlag.Emergency).Select(Words.Of).ToList();
        if (flags.Count > 0) draft.Say(phrases.Phrase("condition.flags", ("flags", Words.List(flags))), found.NatureEvidence);
        if (found.Concepts.Count > 0) draft.Say(phrases.Phrase("condition.features", ("list", Words.List([.. found.Concepts.Where(c => c.Weight is not ConceptWeight.Against).Select(c => phrases.Inside(c.Name))]))), found.ConceptsEvidence);
        if (found.LookAlikes.Count > 0) draft.Say(phrases.Phrase("condition.alike", ("names", Words.List([.. found.LookAlikes.Select(a => phrases.Inside(a.Name))]))), found.LookAlikesEvidence);
        if (found.UsualUrgency is { } usual) draft.Say(phrases.Phrase("compare.urgency", ("name", phrases.Inside(node.Name)), ("urgency", Words.Of(usual))), found.UrgencyEvidence);
        if (!found.Reviewed) draft.Say(phrases.Phrase("condition.unreviewed", ("name", phrases.Inside(node.Name))), found.Evidence);
    }

    private string Listed(IReadOnlyList<LinkedConcept> concepts) => Words.List([.. concepts.Select(c => phrases.Inside(c.Name))]);
}
