namespace DermAssistant.Agent;

/// <summary>Which tools a question needs, given what earlier calls have brought.</summary>
internal sealed class NarratorPlan(QuestionMeaning meaning, Briefing briefing, ToolLog log)
{
    public QuestionMeaning Meaning => meaning;

    public Briefing Briefing => briefing;

    /// <summary>The photos the answer is about: those named, else those that came with the question, else the current one.</summary>
    public IReadOnlyList<int> Photos { get; } = PhotosOf(meaning, briefing);

    /// <summary>Whether the answer tells all there is: the first look at a photo.</summary>
    public bool Full => Photos.Count == 1 && (
        (meaning.Asks(Intent.WhatIsIt) && meaning.Asks(Intent.Why))
        || (briefing.Photos.Any(p => p.New) && (meaning.Asks(Intent.WhatIsIt) || meaning.Asks(Intent.Unclear))));

    /// <summary>Whether each photo is only summed up, because there are several.</summary>
    public bool Several => Photos.Count > 1;

    /// <summary>Whether the question asks for something that a photo has to show.</summary>
    public bool NeedsPhoto => meaning.Intents.Any(intent => intent is Intent.WhatIsIt or Intent.Why or Intent.WhatDoYouSee or Intent.SimilarCases
        or Intent.Malignancy or Intent.Confidence or Intent.PhotoQuality or Intent.IsItCondition);

    /// <summary>Whether the answer speaks of a photo.</summary>
    public bool SpeaksOfPhoto => Photos.Count > 0 && (NeedsPhoto || meaning.Intents.Any(intent => intent is Intent.Urgency or Intent.ComparePhotos or Intent.Limits or Intent.Unclear)
        || ((briefing.Focus is null || briefing.FocusIsOfPhoto) && (
            (meaning.Conditions.Count == 0 && meaning.Intents.Any(intent => intent is Intent.Hierarchy or Intent.Compare or Intent.LookUp))
            || (meaning.Asks(Intent.Compare) && meaning.Conditions.Count == 1))));

    public DiagnosisResult? Diagnosis(int photo) => log.Result<DiagnosisResult>(ToolRequest.ForPhoto("diagnose", photo));

    public ConceptsResult? Concepts(int photo) => log.Result<ConceptsResult>(ToolRequest.ForPhoto("detect_concepts", photo));

    public SimilarCasesResult? Cases(int photo) => log.Result<SimilarCasesResult>(ToolRequest.ForPhoto("find_similar_cases", photo));

    public UrgencyResult? Urgency(int photo) => log.Result<UrgencyResult>(ToolRequest.ForPhoto("assess_urgency", photo));

    public HierarchyResult? Hierarchy(string condition) => log.Result<HierarchyResult>(ToolRequest.For("explain_hierarchy", ("condition", condition)));

    public ConditionResult? Condition(string name) => log.Result<ConditionResult>(ToolRequest.For("look_up_condition", ("name", name)));

    public ComparisonResult? Comparison((string First, string Second) pair) =>
        log.Result<ComparisonResult>(ToolRequest.For("compare_conditions", ("first", pair.First), ("second", pair.Second)));

    /// <summary>The condition "it" stands for: the one in focus, else the leading diagnosis.</summary>
    public string? It => briefing.Focus?.Id ?? Leading;

    /// <summary>The condition a question without a photo is about: the first that is named, else the one in focus.</summary>
    public string? Subject => meaning.Conditions.Count > 0 ? meaning.Conditions[0].Id : briefing.Focus?.Id;

    /// <summary>The leading diagnosis of the photo at hand.</summary>
    public string? Leading => Photos.Count > 0 && Diagnosis(Photos[0]) is { Differential: [var first, ..] } ? first.Id : null;

    /// <summary>The node whose place is asked for: one that is named, else the leading diagnosis, else the one in focus.</summary>
    public string? Placed => meaning.Asks(Intent.Hierarchy) && meaning.Conditions.Count > 0 ? meaning.Conditions[0].Id
        : Photos.Count > 0 && Diagnosis(Photos[0]) is { Differential.Count: > 0 } diagnosis ? diagnosis.Differential[0].Id
        : briefing.Focus?.Id;

    /// <summary>The two conditions to compare, or null where the second cannot be told.</summary>
    public (string First, string Second)? Pair
    {
        get
        {
            if (meaning.Conditions.Count >= 2) return (meaning.Conditions[0].Id, meaning.Conditions[1].Id);
            var named = meaning.Conditions.Count == 1 ? meaning.Conditions[0].Id : null;
            var ranked = Photos.Count > 0 ? Diagnosis(Photos[0])?.Differential ?? [] : [];
            if (named is null) return ranked.Count > 1 ? (ranked[0].Id, ranked[1].Id) : null;
            if (It is { } it && it != named) return (it, named);
            return ranked.FirstOrDefault(entry => entry.Id != named) is { } other ? (named, other.Id) : null;
        }
    }

    /// <summary>The calls still to be made; empty when the answer can be written.</summary>
    public IReadOnlyList<ToolRequest> Missing() => [.. Needed().DistinctBy(request => request.Key).Where(request => !log.Has(request))];

    private IEnumerable<ToolRequest> Needed()
    {
        if (SpeaksOfPhoto)
        {
            foreach (var photo in Photos)
            {
                yield return ToolRequest.ForPhoto("diagnose", photo);
                if (Full || Several || Asks(Intent.Why, Intent.WhatDoYouSee, Intent.PhotoQuality, Intent.ComparePhotos)) yield return ToolRequest.ForPhoto("detect_concepts", photo);
                if (Full || Asks(Intent.Why, Intent.SimilarCases)) yield return ToolRequest.ForPhoto("find_similar_cases", photo);
                yield return ToolRequest.ForPhoto("assess_urgency", photo);
            }
        }
        else if (meaning.Asks(Intent.Urgency) && briefing.ReportedSigns.Count > 0)
        {
            yield return ToolRequest.ForPhoto("assess_urgency", 0);
        }

        // What follows may need the diagnosis first.
        if (SpeaksOfPhoto && Photos.Any(photo => !log.Has(ToolRequest.ForPhoto("diagnose", photo)))) yield break;
        if ((Full || meaning.Asks(Intent.Hierarchy)) && Placed is { } placed) yield return ToolRequest.For("explain_hierarchy", ("condition", placed));
        if (meaning.Asks(Intent.Compare) && Pair is { } pair) yield return ToolRequest.For("compare_conditions", ("first", pair.First), ("second", pair.Second));
        if (Asks(Intent.LookUp, Intent.IsItCondition))
            foreach (var condition in meaning.Conditions) yield return ToolRequest.For("look_up_condition", ("name", condition.Id));
        if (meaning.Asks(Intent.LookUp) && meaning.Conditions.Count == 0 && It is { } it) yield return ToolRequest.For("look_up_condition", ("name", it));
        if (meaning.Asks(Intent.Urgency) && !SpeaksOfPhoto && briefing.ReportedSigns.Count == 0 && Subject is { } subject)
            yield return ToolRequest.For("look_up_condition", ("name", subject));
    }

    private bool Asks(params ReadOnlySpan<Intent> intents)
    {
        foreach (var intent in intents)
            if (meaning.Asks(intent)) return true;
        return false;
    }

    private static List<int> PhotosOf(QuestionMeaning meaning, Briefing briefing)
    {
        var known = briefing.Photos.Select(p => p.Number).ToHashSet();
        var named = meaning.Photos.Resolve(known, briefing.CurrentPhoto).ToList();
        if (named.Count == 1 && meaning.Asks(Intent.ComparePhotos))
        {
            // "compare with the first photo": the other one is that which is spoken of, else the one before it.
            var other = briefing.CurrentPhoto is { } spoken && spoken != named[0] ? spoken : PhotoReferences.Before(known, named[0]);
            if (other is { } second) named.Add(second);
        }

        if (named.Count > 1 && meaning.Asks(Intent.ComparePhotos)) named.Sort();
        if (named.Count > 0) return named;
        if (meaning.Asks(Intent.ComparePhotos) && known.Count > 1) return [.. known.Order().TakeLast(2)];
        var fresh = briefing.Photos.Where(p => p.New).Select(p => p.Number).ToList();
        return fresh.Count > 0 ? fresh : briefing.CurrentPhoto is { } current ? [current] : [];
    }
}
