namespace DermAssistant.Agent;

/// <summary>Which tools a question needs, given what earlier calls have brought.</summary>
internal sealed class NarratorPlan(QuestionMeaning meaning, Briefing briefing, ToolLog log)
{
    private const int MostCompared = 3;

    public QuestionMeaning Meaning => meaning;

    public Briefing Briefing => briefing;

    /// <summary>The readable photos the answer is about.</summary>
    public IReadOnlyList<int> Photos { get; } = Readable(briefing, briefing.Meant.Numbers);

    /// <summary>The photos whose urgency is stated: where a person asks how soon, all that are known.</summary>
    public IReadOnlyList<int> Urgent { get; } = Readable(briefing, meaning.Asks(Intent.Urgency) ? briefing.Meant.Urgent : briefing.Meant.Numbers);

    /// <summary>Whether what is asked about is not there, so that no other photo may be spoken of in its place.</summary>
    public bool Stopped => Photos.Count == 0 && briefing.Photos.Count > 0 && (briefing.Meant.Named || (briefing.Meant.Numbers.Count > 0 && AsksOfPhoto));

    /// <summary>Whether sentences have to say which photo they are about.</summary>
    public bool Labels => briefing.Photos.Count + briefing.Refused.Count > 1;

    /// <summary>Whether the answer tells all there is: the first look at a photo.</summary>
    public bool Full => Photos.Count == 1 && (
        (meaning.Asks(Intent.WhatIsIt) && meaning.Asks(Intent.Why))
        || (briefing.Photos.Any(p => p.New && p.Number == Photos[0]) && (meaning.Asks(Intent.WhatIsIt) || meaning.Asks(Intent.Unclear))));

    /// <summary>Whether each photo is only summed up, because there are several.</summary>
    public bool Several => Photos.Count > 1;

    /// <summary>Whether the question asks for something that a photo has to show.</summary>
    public bool NeedsPhoto => meaning.Intents.Any(intent => intent is Intent.WhatIsIt or Intent.Why or Intent.WhatDoYouSee or Intent.SimilarCases
        or Intent.Malignancy or Intent.Confidence or Intent.PhotoQuality or Intent.IsItCondition);

    /// <summary>Whether the answer says what a photo shows; of several, each is summed up.</summary>
    public bool Describes => Photos.Count > 0 && meaning.Intents.Any(intent => intent is Intent.WhatIsIt or Intent.Why or Intent.WhatDoYouSee or Intent.SimilarCases
        or Intent.Malignancy or Intent.Confidence or Intent.PhotoQuality or Intent.ComparePhotos or Intent.Unclear);

    /// <summary>Whether the answer speaks of a photo.</summary>
    public bool SpeaksOfPhoto => Photos.Count > 0 && (AsksOfPhoto || meaning.Asks(Intent.Limits));

    private bool AsksOfPhoto => NeedsPhoto || meaning.Intents.Any(intent => intent is Intent.Urgency or Intent.ComparePhotos or Intent.Unclear)
        || ((briefing.Focus is null || briefing.FocusIsOfPhoto) && (
            (meaning.Conditions.Count == 0 && meaning.Intents.Any(intent => intent is Intent.Hierarchy or Intent.Compare or Intent.LookUp))
            || (meaning.Asks(Intent.Compare) && meaning.Conditions.Count == 1)));

    /// <summary>Whether only the usual urgency of a condition is asked for: one is named and nothing is reported with it.</summary>
    public bool AsksUsualUrgency => meaning.Conditions.Count > 0 && !briefing.NewSigns;

    public DiagnosisResult? Diagnosis(int photo) => log.Result<DiagnosisResult>(ToolRequest.ForPhoto("diagnose", photo));

    public ConceptsResult? Concepts(int photo) => log.Result<ConceptsResult>(ToolRequest.ForPhoto("detect_concepts", photo));

    public SimilarCasesResult? Cases(int photo) => log.Result<SimilarCasesResult>(ToolRequest.ForPhoto("find_similar_cases", photo));

    public UrgencyResult? Urgency(int photo) => log.Result<UrgencyResult>(ToolRequest.ForPhoto("assess_urgency", photo));

    public TermResult? Term(string term) => log.Result<TermResult>(ToolRequest.For("explain_term", ("term", term)));

    public HierarchyResult? Hierarchy(string condition) => log.Result<HierarchyResult>(ToolRequest.For("explain_hierarchy", ("condition", condition)));

    /// <param name="photo">The photo whose differential is looked at, or 0 for none in particular.</param>
    public ConditionResult? Condition(string name, int photo) => log.Result<ConditionResult>(LookUp(name, photo));

    /// <param name="photo">The photo whose differential is looked at, or 0 for none in particular.</param>
    public ComparisonResult? Comparison((string First, string Second) pair, int photo) => log.Result<ComparisonResult>(Compare(pair, photo));

    /// <summary>The photos whose differentials are looked at beside conditions: those the answer is about, or 0 for none.</summary>
    public IReadOnlyList<int> Beside => Photos.Count > 0 ? Photos : [0];

    /// <summary>The condition "it" stands for: the one in focus, else the leading diagnosis.</summary>
    public string? It => briefing.Focus?.Id ?? Leading;

    /// <summary>The condition a question without a photo is about: the first that is named, else the one in focus.</summary>
    public string? Subject => meaning.Conditions.Count > 0 ? meaning.Conditions[0].Id : briefing.Focus?.Id;

    /// <summary>The leading diagnosis of the photo at hand.</summary>
    public string? Leading => Photos.Count > 0 && Diagnosis(Photos[0]) is { Differential: [var first, ..] } ? first.Id : null;

    /// <summary>The nodes whose places are asked for: one that is named, else the leading diagnoses, else the one in focus.</summary>
    public IReadOnlyList<string> Placed => meaning.Asks(Intent.Hierarchy) && meaning.Conditions.Count > 0 ? [meaning.Conditions[0].Id]
        : LeadingOfAll is { Count: > 0 } leading ? leading
        : briefing.Focus is { } focus ? [focus.Id] : [];

    private List<string> LeadingOfAll =>
        [.. Photos.Select(photo => Diagnosis(photo) is { Differential: [var first, ..] } ? first.Id : null).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The conditions to compare, each with each; empty where the second cannot be told.</summary>
    public IReadOnlyList<(string First, string Second)> Pairs
    {
        get
        {
            var named = meaning.Conditions.Take(MostCompared).Select(condition => condition.Id).ToList();
            if (named.Count >= 2) return [.. named.SelectMany((first, i) => named.Skip(i + 1).Select(second => (first, second)))];
            var ranked = Photos.Count > 0 ? Diagnosis(Photos[0])?.Differential ?? [] : [];
            if (named.Count == 0) return ranked.Count > 1 ? [(ranked[0].Id, ranked[1].Id)] : [];
            if (It is { } it && it != named[0]) return [(it, named[0])];
            return ranked.FirstOrDefault(entry => entry.Id != named[0]) is { } other ? [(named[0], other.Id)] : [];
        }
    }

    /// <summary>The named conditions that are too many to compare.</summary>
    public IReadOnlyList<Ontology.OntologyNode> LeftOut => meaning.Asks(Intent.Compare) ? [.. meaning.Conditions.Skip(MostCompared)] : [];

    /// <summary>The calls still to be made; empty when the answer can be written.</summary>
    public IReadOnlyList<ToolRequest> Missing() => [.. Needed().DistinctBy(request => request.Key).Where(request => !log.Has(request))];

    private IEnumerable<ToolRequest> Needed()
    {
        if (meaning.Term is { } term) yield return ToolRequest.For("explain_term", ("term", term));
        if (SpeaksOfPhoto)
        {
            foreach (var photo in Photos)
            {
                yield return ToolRequest.ForPhoto("diagnose", photo);
                if (Full || (Several && Describes) || Asks(Intent.Why, Intent.WhatDoYouSee, Intent.PhotoQuality, Intent.ComparePhotos)) yield return ToolRequest.ForPhoto("detect_concepts", photo);
                if (Full || Asks(Intent.Why, Intent.SimilarCases)) yield return ToolRequest.ForPhoto("find_similar_cases", photo);
            }

            foreach (var photo in Urgent) yield return ToolRequest.ForPhoto("assess_urgency", photo);
        }
        else if (meaning.Asks(Intent.Urgency) && briefing.ReportedSigns.Count > 0 && !AsksUsualUrgency)
        {
            yield return ToolRequest.ForPhoto("assess_urgency", 0);
        }

        // What follows may need the diagnosis first.
        if (Stopped || (SpeaksOfPhoto && Photos.Any(photo => !log.Has(ToolRequest.ForPhoto("diagnose", photo))))) yield break;
        if (Full || meaning.Asks(Intent.Hierarchy))
            foreach (var placed in Placed) yield return ToolRequest.For("explain_hierarchy", ("condition", placed));
        foreach (var photo in Beside)
        {
            if (meaning.Asks(Intent.Compare))
                foreach (var pair in Pairs) yield return Compare(pair, photo);
            if (Asks(Intent.LookUp, Intent.IsItCondition))
                foreach (var condition in meaning.Conditions) yield return LookUp(condition.Id, photo);
            if (meaning.Asks(Intent.LookUp) && meaning.Conditions.Count == 0 && It is { } it) yield return LookUp(it, photo);
        }

        if (meaning.Asks(Intent.Urgency) && !SpeaksOfPhoto && (briefing.ReportedSigns.Count == 0 || AsksUsualUrgency) && Subject is { } subject) yield return LookUp(subject, 0);
    }

    private static ToolRequest LookUp(string name, int photo) => With(ToolRequest.For("look_up_condition", ("name", name)), photo);

    private static ToolRequest Compare((string First, string Second) pair, int photo) =>
        With(ToolRequest.For("compare_conditions", ("first", pair.First), ("second", pair.Second)), photo);

    private static ToolRequest With(ToolRequest request, int photo) => photo == 0 ? request : request with { Arguments = new Dictionary<string, object?>(request.Arguments) { ["photo"] = photo } };

    private bool Asks(params ReadOnlySpan<Intent> intents)
    {
        foreach (var intent in intents)
            if (meaning.Asks(intent)) return true;
        return false;
    }

    private static List<int> Readable(Briefing briefing, IReadOnlyList<int> numbers) => [.. numbers.Where(number => briefing.Photos.Any(photo => photo.Number == number))];
}
