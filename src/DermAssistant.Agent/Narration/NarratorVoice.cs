using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>Words the narrator's answers: every sentence from the phrasebook, filled from tool results, with its evidence.</summary>
internal sealed partial class NarratorVoice(Phrasebook phrases)
{
    private const int MostNames = 5;
    private const int MostFeatures = 4;

    // A diagnosis below this is not worth a place in "next".
    private const double WorthNaming = 0.01;

    /// <summary>The draft of the whole answer.</summary>
    public string Write(NarratorPlan plan)
    {
        var draft = new DraftWriter();
        // Who needs help now reads that first.
        var pressing = Judged(plan).Any(photo => plan.Urgency(photo)?.Urgency >= Ontology.Urgency.Urgent);
        if (pressing) Urgency(plan, draft);
        draft.Paragraph();
        Social(plan, draft);
        // That the photo is not there is said by rule, before anything a chat model says.
        if (plan.Stopped)
        {
            if (!pressing) Urgency(plan, draft);
            return draft.ToString();
        }

        if (plan.NeedsPhoto && plan.Photos.Count == 0) NoPhoto(draft);
        if (plan.Meaning.Asks(Intent.ComparePhotos) && plan.Photos.Count < 2) draft.Say(phrases.Phrase("noPhoto.compare"));
        // Of several photos the most urgent comes first when that is what is asked.
        var first = plan.Urgent.Count > 1 && plan.Meaning.Asks(Intent.Urgency);
        if (first && !pressing) Urgency(plan, draft);
        if (plan.Full) First(plan, draft, plan.Photos[0]);
        else if (plan.Several && plan.Describes) EachPhoto(plan, draft);
        else if (plan.Photos.Count == 1 && plan.SpeaksOfPhoto) Photo(plan, draft, plan.Photos[0]);
        Conditions(plan, draft);
        if (plan.Meaning.Asks(Intent.Treatment)) draft.Say(phrases.Phrase("outside.treatment"));
        if (plan.Meaning.Asks(Intent.Outside) && !plan.Briefing.OtherLanguage) draft.Say(phrases.Phrase("outside"));
        if (plan.Meaning.Asks(Intent.Unclear) && !plan.Full && !plan.Briefing.OtherLanguage) Unclear(draft);
        if (!first && !pressing) Urgency(plan, draft);
        Limits(plan, draft);
        if (draft.IsEmpty && !plan.Briefing.OtherLanguage) Unclear(draft);
        return draft.ToString();
    }

    private void Social(NarratorPlan plan, DraftWriter draft)
    {
        foreach (var (intent, key) in (ReadOnlySpan<(Intent, string)>)[(Intent.Greeting, "greeting"), (Intent.Thanks, "thanks"), (Intent.Farewell, "farewell"), (Intent.WhoAreYou, "who")])
            if (plan.Meaning.Asks(intent)) draft.Say(phrases.Phrase(key));
        if (plan.Meaning.Asks(Intent.Help) || (plan.Meaning.Asks(Intent.Greeting) && plan.Meaning.Intents.Count == 1 && plan.Photos.Count == 0)) Help(draft);
        draft.Paragraph();
    }

    private void Help(DraftWriter draft)
    {
        draft.Say(phrases.Phrase("help.photo"));
        draft.Say(phrases.Phrase("help.condition"));
    }

    private void NoPhoto(DraftWriter draft)
    {
        draft.Say(phrases.Phrase("noPhoto"));
        draft.Say(phrases.Phrase("noPhoto.send"));
        draft.Paragraph();
    }

    private void Unclear(DraftWriter draft)
    {
        draft.Say(phrases.Phrase("unclear"));
        Help(draft);
    }

    // The first look at one photo: what, why, where, how soon, and the limits.
    private void First(NarratorPlan plan, DraftWriter draft, int photo)
    {
        if (Unread(plan, draft, photo)) return;
        What(plan, draft, photo);
        draft.Paragraph();
        Reasons(plan, draft, photo, brief: true);
        draft.Paragraph();
        Place(plan, draft, neighbours: false);
        draft.Paragraph();
    }

    private void EachPhoto(NarratorPlan plan, DraftWriter draft)
    {
        foreach (var photo in plan.Photos)
        {
            if (!Unread(plan, draft, photo))
            {
                Lead(plan, draft, photo);
                Malignancy(plan, draft, photo);
                Asked(plan, draft, photo);
            }

            draft.Paragraph();
        }

        var leads = plan.Photos.Select(plan.Diagnosis).Where(d => d is { Differential.Count: > 0 }).Select(d => d!.Differential[0]).ToList();
        if (leads.Count == plan.Photos.Count && leads.DistinctBy(lead => lead.Id).Count() == 1)
            draft.Say(phrases.Phrase("photos.same", ("photos", $"photos {Words.List([.. plan.Photos.Select(n => $"{n}")])}")), leads.Select(lead => lead.Evidence));
        if (plan.Photos.Count == 2 && plan.Meaning.Asks(Intent.ComparePhotos)) SideBySide(plan, draft, plan.Photos[0], plan.Photos[1]);
        draft.Paragraph();
    }

    // What a question asks of each of several photos, after the diagnosis that leads there.
    private void Asked(NarratorPlan plan, DraftWriter draft, int photo)
    {
        var told = false;
        foreach (var intent in plan.Meaning.Intents)
        {
            told = true;
            switch (intent)
            {
                case Intent.Why: Reasons(plan, draft, photo, brief: true); break;
                case Intent.WhatDoYouSee: Seen(plan, draft, photo); break;
                case Intent.SimilarCases: Similar(plan, draft, photo, list: true); break;
                case Intent.Confidence: Confidence(plan, draft, photo); break;
                case Intent.PhotoQuality: Quality(plan, draft, photo); break;
                default: told = false; break;
            }

            if (told) break;
        }

        if (!told && plan.Concepts(photo) is { } concepts) Highest(plan, draft, photo, concepts);
    }

    private void Photo(NarratorPlan plan, DraftWriter draft, int photo)
    {
        if (Unread(plan, draft, photo)) return;
        // These begin with no word of which photo they are about.
        if (plan.Labels && plan.Meaning.Intents.Any(intent => intent is Intent.SimilarCases or Intent.Confidence)
            && !plan.Meaning.Intents.Any(intent => intent is Intent.WhatIsIt or Intent.Why or Intent.Malignancy)) Lead(plan, draft, photo);
        foreach (var intent in plan.Meaning.Intents)
        {
            switch (intent)
            {
                case Intent.WhatIsIt: What(plan, draft, photo); break;
                case Intent.Why: Reasons(plan, draft, photo, brief: false); break;
                case Intent.WhatDoYouSee: Seen(plan, draft, photo); break;
                case Intent.SimilarCases: Similar(plan, draft, photo, list: true); break;
                case Intent.Malignancy: Malignancy(plan, draft, photo); Lead(plan, draft, photo); break;
                case Intent.Confidence: Confidence(plan, draft, photo); break;
                case Intent.PhotoQuality: Quality(plan, draft, photo); break;
                default: continue;
            }

            draft.Paragraph();
        }
    }

    // A photo the model does not know gets its reason and its quality, nothing more.
    private static bool Unread(NarratorPlan plan, DraftWriter draft, int photo)
    {
        if (plan.Diagnosis(photo) is not { } diagnosis || diagnosis.Differential.Count > 0) return false;
        Of(plan, draft, photo, diagnosis.OutsideKnowledge ?? diagnosis.Problem ?? "", diagnosis.Photo?.Evidence);
        foreach (var warning in diagnosis.Photo?.Warnings ?? []) Of(plan, draft, photo, warning, diagnosis.Photo!.QualityEvidence);
        draft.Paragraph();
        return true;
    }

    private void What(NarratorPlan plan, DraftWriter draft, int photo)
    {
        if (plan.Diagnosis(photo) is not { } diagnosis) return;
        foreach (var warning in diagnosis.Photo?.Warnings ?? []) Of(plan, draft, photo, warning, diagnosis.Photo!.QualityEvidence);
        Lead(plan, draft, photo);
        var next = diagnosis.Differential.Skip(1).TakeWhile(entry => entry.Probability >= WorthNaming).Take(3).ToList();
        if (next.Count > 0)
            draft.Say(phrases.Phrase("next", ("list", Words.List([.. next.Select(Ranked)]))), next.Select(entry => entry.Evidence));
        Verdict(draft, diagnosis);
        Set(draft, diagnosis);
        Malignancy(plan, draft, photo);
    }

    private void Lead(NarratorPlan plan, DraftWriter draft, int photo)
    {
        if (plan.Diagnosis(photo) is not { Differential: [var first, ..] }) return;
        draft.Say(phrases.Phrase("lead", ("in", In(plan, photo)), ("name", phrases.Inside(first.Name)), ("percent", Words.Percent(first.Probability))), first.Evidence);
    }

    private void Verdict(DraftWriter draft, DiagnosisResult diagnosis)
    {
        if (diagnosis.Verdict is not { } verdict) return;
        var first = diagnosis.Differential[0];
        if (verdict is { Abstained: false, Name: { } name, Level: { } level })
        {
            draft.Say(
                verdict.Id == first.Id
                    ? phrases.Phrase("verdict.condition")
                    : phrases.Phrase("verdict.inner", ("level", Words.Of(level)), ("name", phrases.Inside(name)), ("percent", Words.Percent(verdict.Probability))),
                verdict.Evidence);
        }
        else
        {
            draft.Say(phrases.Phrase("verdict.none"), verdict.Evidence);
        }
    }

    private void Set(DraftWriter draft, DiagnosisResult diagnosis)
    {
        if (diagnosis.PredictionSet is not { Conditions.Count: > 0 } set) return;
        draft.Say(
            phrases.Phrase("set", ("coverage", Words.Percent(set.Coverage)), ("names", Words.List([.. set.Conditions.Select(c => phrases.Inside(c.Name))]))),
            set.Evidence);
    }

    private void Malignancy(NarratorPlan plan, DraftWriter draft, int photo)
    {
        if (plan.Diagnosis(photo)?.Malignancy is { } malignancy)
            draft.Say(phrases.Phrase("malignancy", ("in", In(plan, photo)), ("percent", Words.Percent(malignancy.Probability))), malignancy.Evidence);
    }

    private void Confidence(NarratorPlan plan, DraftWriter draft, int photo)
    {
        if (plan.Diagnosis(photo) is not { Differential: [var first, ..] ranked } diagnosis) return;
        var (name, percent) = (phrases.Inside(first.Name), Words.Percent(first.Probability));
        if (ranked.Count > 1)
        {
            draft.Say(
                phrases.Phrase("confidence", ("name", name), ("percent", percent), ("second", phrases.Inside(ranked[1].Name)), ("secondPercent", Words.Percent(ranked[1].Probability))),
                first.Evidence, ranked[1].Evidence);
        }
        else
        {
            draft.Say(phrases.Phrase("confidence.single", ("name", name), ("percent", percent)), first.Evidence);
        }

        Verdict(draft, diagnosis);
        Set(draft, diagnosis);
    }

    private void Reasons(NarratorPlan plan, DraftWriter draft, int photo, bool brief)
    {
        if (!brief) Lead(plan, draft, photo);
        if (plan.Concepts(photo) is { } concepts && plan.Diagnosis(photo) is { Differential: [var first, ..] })
        {
            // A first look goes straight to what the features speak for.
            if (!brief || !concepts.Support.Any(s => s.ConditionId == first.Id)) Highest(plan, draft, photo, concepts);
            Features(draft, concepts, first.Id);
            Measured(draft, concepts, brief ? 3 : int.MaxValue);
        }

        Similar(plan, draft, photo, list: false);
    }

    // How what was detected speaks: for the leading diagnosis, against it, for one of the others.
    private void Features(DraftWriter draft, ConceptsResult concepts, string leading)
    {
        var ofLeading = concepts.Support.Where(s => s.ConditionId == leading).ToList();
        Say("features.for", ofLeading.Where(s => s.Weight is not ConceptWeight.Against));
        Say("features.against", ofLeading.Where(s => s.Weight is ConceptWeight.Against));
        var explained = ofLeading.Select(s => s.ConceptId).ToHashSet(StringComparer.Ordinal);
        if (concepts.Support.FirstOrDefault(s => s.ConditionId != leading && !explained.Contains(s.ConceptId) && s.Weight is not ConceptWeight.Against) is { } other)
            Say("features.other", concepts.Support.Where(s => s.ConditionId == other.ConditionId && !explained.Contains(s.ConceptId) && s.Weight is not ConceptWeight.Against));

        void Say(string key, IEnumerable<ConceptSupport> support)
        {
            var shown = support.Take(MostFeatures).ToList();
            if (shown.Count == 0) return;
            draft.Say(
                phrases.Phrase(key, ("features", Words.List([.. shown.Select(s => phrases.Inside(s.ConceptName))])), ("verb", Is(shown.Count)), ("name", phrases.Inside(shown[0].ConditionName))),
                shown.SelectMany(s => s.Evidence));
        }
    }

    private void Seen(NarratorPlan plan, DraftWriter draft, int photo)
    {
        if (plan.Concepts(photo) is not { } concepts) return;
        Highest(plan, draft, photo, concepts);
        Measured(draft, concepts, int.MaxValue);
        Quality(plan, draft, photo);
    }

    private void Highest(NarratorPlan plan, DraftWriter draft, int photo, ConceptsResult concepts)
    {
        var shown = concepts.Concepts.Take(MostFeatures).ToList();
        if (shown.Count > 0)
        {
            draft.Say(
                phrases.Phrase("seen", ("in", In(plan, photo)), ("list", Words.List([.. shown.Select(c => $"{phrases.Inside(c.Name)} ({Words.Score(c.Score)})")]))),
                shown.Select(c => c.Evidence));
        }
        else if (concepts.NothingSeen is { } nothing)
        {
            draft.Say(phrases.Phrase("seen.none", ("in", In(plan, photo))), nothing);
        }
    }

    private void Measured(DraftWriter draft, ConceptsResult concepts, int most)
    {
        var shown = concepts.Measurements.Take(most).ToList();
        if (shown.Count > 0)
            draft.Say(phrases.Phrase("measured", ("list", Words.List([.. shown.Select(m => $"{phrases.Inside(m.Name)} {Words.Measured(m.Value, m.Unit)}")]))), shown.Select(m => m.Evidence));
        else if (concepts.NothingMeasured is { } nothing)
            draft.Say(phrases.Phrase("measured.none"), nothing);
    }

    private void Quality(NarratorPlan plan, DraftWriter draft, int photo)
    {
        if (plan.Concepts(photo)?.Photo is not { } fact) return;
        if (fact is { Width: { } width, Height: { } height })
            draft.Say(phrases.Phrase("seen.quality", ("in", In(plan, photo)), ("width", $"{width}"), ("height", $"{height}"), ("modality", fact.Modality)), fact.Evidence);
        if (fact.Warnings.Count == 0) draft.Say(phrases.Phrase("quality.good"), fact.QualityEvidence);
        foreach (var warning in fact.Warnings) Of(plan, draft, photo, warning, fact.QualityEvidence);
    }

    private void Similar(NarratorPlan plan, DraftWriter draft, int photo, bool list)
    {
        if (plan.Cases(photo) is not { } found) return;
        if (found.Problem is not null)
        {
            draft.Say(phrases.Phrase("similar.unavailable"));
            return;
        }

        foreach (var duplicate in found.NearDuplicates.Take(1))
            draft.Say(phrases.Phrase("similar.duplicate", ("case", duplicate.Id), ("similarity", Words.Score(duplicate.Similarity))), duplicate.Evidence);
        if (found.Cases.Count == 0)
        {
            if (found.NothingFound is { } nothing) draft.Say(phrases.Phrase("similar.none", ("photo", The(plan, photo))), nothing);
            return;
        }

        Counted(draft, found);
        if (list)
            draft.Say(
                phrases.Phrase("similar.list", ("list", Words.List([.. found.Cases.Select(c => $"{c.Id} ({phrases.Inside(c.DiagnosisName)}, {Words.Score(c.Similarity)})")]))),
                found.Cases.Select(c => c.Evidence));
        foreach (var counter in found.CounterExamples.Take(1))
            draft.Say(
                phrases.Phrase("similar.counter", ("case", counter.Id), ("name", phrases.Inside(counter.DiagnosisName)), ("similarity", Words.Score(counter.Similarity))),
                counter.Evidence);
    }

    private void Counted(DraftWriter draft, SimilarCasesResult found)
    {
        var (nearest, furthest) = (found.Cases[0], found.Cases[^1]);
        var evidence = found.Cases.Select(c => c.Evidence).Prepend(found.CountsEvidence!);
        if (found.Cases.Count == 1)
            draft.Say(phrases.Phrase("similar.one", ("case", nearest.Id), ("name", phrases.Inside(nearest.DiagnosisName)), ("similarity", Words.Score(nearest.Similarity))), nearest.Evidence);
        else if (found.Counts.Count == 1)
            draft.Say(phrases.Phrase("similar.all", ("n", $"{found.Cases.Count}"), ("name", phrases.Inside(nearest.DiagnosisName)), ("low", Words.Score(furthest.Similarity)), ("high", Words.Score(nearest.Similarity))), evidence);
        else
            draft.Say(
                phrases.Phrase(
                    "similar.counts",
                    ("n", $"{found.Cases.Count}"),
                    ("counts", Words.List([.. found.Counts.Select(c => $"{c.Count} {Is(c.Count)} {phrases.Inside(c.Name)}")])),
                    ("low", Words.Score(furthest.Similarity)),
                    ("high", Words.Score(nearest.Similarity))),
                evidence);
    }

    private void Place(NarratorPlan plan, DraftWriter draft, bool neighbours)
    {
        foreach (var placed in plan.Placed) Place(plan, draft, placed, neighbours);
    }

    private void Place(NarratorPlan plan, DraftWriter draft, string placed, bool neighbours)
    {
        if (plan.Hierarchy(placed) is not { Node: { } node } hierarchy) return;
        draft.Say(phrases.Phrase("place", ("name", phrases.Inside(node.Name)), ("path", string.Join(" › ", node.Path))), hierarchy.Evidence);
        if (!neighbours) return;
        Neighbours("place.beside", hierarchy.Siblings);
        Neighbours("place.below", hierarchy.Children);

        void Neighbours(string key, IReadOnlyList<NodeName> nodes)
        {
            if (nodes.Count == 0) return;
            var shown = nodes.Take(MostNames).Select(n => phrases.Inside(n.Name)).ToList();
            draft.Say(
                nodes.Count > shown.Count ? phrases.Phrase(key + "More", ("names", string.Join(", ", shown))) : phrases.Phrase(key, ("names", Words.List(shown))),
                hierarchy.NeighboursEvidence);
        }
    }

    // The highest first; each said of its photo, its reasons too.
    private void Urgency(NarratorPlan plan, DraftWriter draft)
    {
        draft.Paragraph();
        var asked = plan.Meaning.Asks(Intent.Urgency);
        var photos = Judged(plan);
        var results = photos.Select(photo => (Photo: photo, Result: plan.Urgency(photo))).Where(found => found.Result is not null)
            .Select(found => (found.Photo, Result: found.Result!)).OrderByDescending(found => found.Result.Urgency ?? Ontology.Urgency.SelfCare).ToList();
        // What holds for all alike is said once; where the urgencies differ, a reason stays with its photo.
        var shared = results.Count < 2 || results.DistinctBy(found => found.Result.Urgency).Count() > 1 ? [] : results.SelectMany(found => found.Result.Reasons.Select(reason => reason.Text).Distinct())
            .CountBy(text => text).Where(count => count.Value == results.Count).Select(count => count.Key).ToHashSet(StringComparer.Ordinal);
        var said = new HashSet<string>(StringComparer.Ordinal);
        var judged = false;
        foreach (var (photo, result) in results)
        {
            if (result.Urgency is not { } urgency)
            {
                if (photo > 0 && result.Evidence is { } evidence) draft.Say(phrases.Phrase("urgency.unread", ("photo", The(plan, photo))), evidence);
                foreach (var reason in result.Open) Rule(plan, draft, 0, reason, said, whole: true);
                judged |= result.Evidence is not null;
                continue;
            }

            judged = true;
            var presses = urgency >= Ontology.Urgency.Urgent;
            draft.Say(UrgencyPhrase(phrases, In(plan, photo), result), result.Evidence);
            if (presses) foreach (var action in result.Actions) Rule(plan, draft, 0, action, said, whole: true);
            var reasons = asked ? result.Reasons.Take(MostNames) : plan.Full || plan.Several || presses ? result.Reasons.Take(1) : [];
            foreach (var reason in reasons.Where(reason => asked || !shared.Contains(reason.Text)))
                Rule(plan, draft, shared.Contains(reason.Text) ? 0 : photo, reason, said, whole: asked);
            if (!presses) foreach (var reason in result.Open) Rule(plan, draft, 0, reason, said, whole: true);
        }

        draft.Paragraph();
        if (asked && !judged && !plan.Stopped && !UsualUrgency(plan, draft)) draft.Say(phrases.Phrase("urgency.none"));
    }

    // The photos whose urgency is told; 0 stands for what was reported without one.
    private static IReadOnlyList<int> Judged(NarratorPlan plan) =>
        plan.SpeaksOfPhoto ? plan.Urgent : plan.Meaning.Asks(Intent.Urgency) && plan.Briefing.ReportedSigns.Count > 0 && !plan.AsksUsualUrgency ? [0] : [];

    // Rules share sentences (where a threshold comes from); each is said once.
    private static void Rule(NarratorPlan plan, DraftWriter draft, int photo, UrgencyReason reason, HashSet<string> said, bool whole)
    {
        var sentences = Draft.Read(reason.Text);
        for (var i = 0; i < (whole ? sentences.Count : 1); i++)
        {
            // What comes after the first says where the rule is from and what was reported, which holds for every photo.
            if (!said.Add(i == 0 ? $"{photo} {sentences[i].Text}" : sentences[i].Text)) continue;
            if (i == 0) Of(plan, draft, photo, sentences[i].Text, [.. reason.Evidence]);
            else draft.Say(sentences[i].Text, reason.Evidence);
        }
    }

    /// <summary>The sentence that states an urgency and what it asks of the person.</summary>
    public static string UrgencyPhrase(Phrasebook phrases, string where, UrgencyResult result) => phrases.Phrase(
        result is { Open.Count: > 0, Urgency: < Ontology.Urgency.Urgent } ? "urgency.soFar" : "urgency",
        ("in", where),
        ("urgency", Words.Of(result.Urgency ?? throw new ArgumentException("There is no urgency to word.", nameof(result)))),
        ("meaning", Words.Tail(result.Meaning ?? "")));

    // Without a photo, "how urgent is X" is what the ontology says of X.
    private bool UsualUrgency(NarratorPlan plan, DraftWriter draft)
    {
        // A description says it already.
        if (plan.Meaning.Asks(Intent.LookUp)) return true;
        if (plan.Subject is not { } subject || plan.Condition(subject, 0) is not { Node: { } node, UsualUrgency: { } usual } result) return false;
        draft.Say(phrases.Phrase("compare.urgency", ("name", phrases.Inside(node.Name)), ("urgency", Words.Of(usual))), result.UrgencyEvidence);
        return true;
    }

    private void Limits(NarratorPlan plan, DraftWriter draft)
    {
        var asked = plan.Meaning.Asks(Intent.Limits);
        if (!asked && !plan.Full && !(plan.Several && plan.Describes)) return;
        // Where the model knew none of the photos, its labels are no evidence: that it does not know them is said already.
        var model = plan.Photos.Select(plan.Diagnosis).FirstOrDefault(d => d is { Differential.Count: > 0, Model.Labels.Length: > 0 })?.Model;
        if (asked) draft.Paragraph();
        if (model is not null) draft.Say(phrases.Phrase("limits.model", ("labels", model.Labels)), model.Evidence);
        else draft.Say(phrases.Phrase("limits.device"));
        if (!asked) return;
        draft.Say(phrases.Phrase("limits.cannot"));
        draft.Say(phrases.Phrase("limits.decide"));
    }

    private string Ranked(RankedDiagnosis entry) => $"{phrases.Inside(entry.Name)} ({Words.Percent(entry.Probability)})";

    // With several photos a sentence says which one it is about.
    private string In(NarratorPlan plan, int photo) => !plan.Labels ? "" : photo == 0 ? phrases.Phrase("in.reported") : In(photo);

    /// <summary>The beginning of a sentence about one of several photos.</summary>
    public static string In(int photo) => $"in photo {photo}, ";

    private static string The(NarratorPlan plan, int photo) => plan.Labels ? $"photo {photo}" : "the photo";

    // A sentence of the gate or of a rule, said of its photo.
    private static void Of(NarratorPlan plan, DraftWriter draft, int photo, string text, params ReadOnlySpan<string?> evidence)
    {
        if (text.Length == 0) return;
        if (!plan.Labels || photo == 0) draft.Say(text, evidence);
        else foreach (var sentence in Draft.Read(text)) draft.Say(Words.Of(photo, sentence.Text), evidence);
    }

    private static string Is(int count) => count == 1 ? "is" : "are";
}
