namespace DermAssistant.Ontology;

/// <summary>What an urgency asks of a person.</summary>
public sealed record UrgencyMeaning(Urgency Urgency, string Means);

/// <summary>From where on something seen in a photo counts as evidence for a rule.</summary>
/// <param name="ConceptScoreAtLeast">Score of a concept, 0..1.</param>
/// <param name="ConceptAurocAtLeast">Measured area under the ROC curve of an encoder's concept detector; unmeasured detectors do not count.</param>
/// <param name="ConditionAtLeast">Probability of a condition, 0..1.</param>
public sealed record PhotoEvidenceLimits(double ConceptScoreAtLeast, double ConceptAurocAtLeast, double ConditionAtLeast);

/// <summary>The triage rules of the ontology: data, evaluated over evidence by the Diagnosis room.</summary>
public sealed class TriageRules
{
    /// <summary>One per urgency, most urgent first.</summary>
    public required IReadOnlyList<UrgencyMeaning> Urgencies { get; init; }

    /// <summary>Rules over the probability of malignant and in-situ conditions.</summary>
    public required IReadOnlyList<ThresholdRule> Malignancy { get; init; }

    /// <summary>Rules over the probability of conditions whose default urgency is the rule's or higher.</summary>
    public required IReadOnlyList<ThresholdRule> Conditions { get; init; }

    /// <summary>What holds when nothing else fires.</summary>
    public required TriageRule Otherwise { get; init; }

    /// <summary>What holds when somebody says to have a condition that is urgent by itself, with the places {name} and {urgency}.</summary>
    public required TriageRule NamedCondition { get; init; }

    /// <summary>What to watch for where nothing is settled.</summary>
    public required TriageRule SafetyNet { get; init; }

    /// <summary>The sentence for a photo that was not read.</summary>
    public required string Unread { get; init; }

    /// <summary>The sentence for reports that meet no rule, with the place {signs}.</summary>
    public required string Unsettled { get; init; }

    /// <summary>The sentence for a rule that is met in part, with the places {rule}, {signs} and {missing}.</summary>
    public required string Open { get; init; }

    /// <summary>The sentence that says what to do in an emergency, with the places {name} and {action}.</summary>
    public required string ToDo { get; init; }

    /// <summary>Ids of signs too common to begin a rule by themselves.</summary>
    public required IReadOnlyList<string> Vague { get; init; }

    public required PhotoEvidenceLimits PhotoEvidence { get; init; }

    /// <summary>The sentence that says what was reported, with the place {signs}.</summary>
    public required string Reported { get; init; }

    /// <summary>Sentences to add to a rule's text where its source is not a looked-up text, by source id.</summary>
    public required IReadOnlyDictionary<string, string> Notes { get; init; }

    public required IReadOnlyList<TriageChecklist> Checklists { get; init; }

    /// <summary>Red flags and warning signs.</summary>
    public required IReadOnlyList<TriageRule> Rules { get; init; }

    public required IReadOnlyList<EmergencyFacts> Emergencies { get; init; }

    /// <summary>Ids of signs worth asking for whatever the photo shows, in order.</summary>
    public required IReadOnlyList<string> GeneralQuestions { get; init; }

    public required SignVocabulary Reading { get; init; }

    public required IReadOnlyList<Sign> Signs { get; init; }
}
