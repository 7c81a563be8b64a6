using System.Text.Json.Nodes;
using DermAssistant.Ontology;
using DermAssistant.Tests;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DermAssistant.Diagnosis.Tests.Triage;

public class TriageEvaluatorTests
{
    private static readonly OntologyGraph Graph = OntologyGraph.Load(TestPaths.InRepository("ontology"));
    private static readonly TriageEvaluator Evaluator = new(Graph);

    [Fact]
    public void Without_evidence_the_answer_is_a_routine_appointment()
    {
        var assessment = Evaluator.Assess(new TriageInput());

        Assert.Equal(Urgency.Routine, assessment.Urgency);
        Assert.Equal("nothing-found", Assert.Single(assessment.Reasons).Rule);
    }

    [Theory]
    [InlineData(0.5, Urgency.Soon)]
    [InlineData(0.1, Urgency.Soon)]
    [InlineData(0.099, Urgency.Routine)]
    [InlineData(0.02, Urgency.Routine)]
    public void Malignancy_counts_from_its_threshold_on_and_cites_its_evidence(double mass, Urgency expected)
    {
        var assessment = Evaluator.Assess(Photo(("Melanocytic nevus", 1 - mass), ("Melanoma", mass)));

        Assert.Equal(expected, assessment.Urgency);
        Assert.Equal(["D9"], assessment.Reasons.First(reason => reason.Rule.StartsWith("malignancy", StringComparison.Ordinal)).Evidence);
    }

    [Fact]
    public void Of_many_conditions_only_the_most_probable_are_named()
    {
        var nodes = Graph.Conditions.Where(node => node.DefaultUrgency == Urgency.Soon).Take(20).ToList();

        var assessment = Evaluator.Assess(Photo([.. nodes.Select((node, i) => (node.Name, 0.05 - (i * 0.0001)))]));

        var text = assessment.Reasons.Single(reason => reason.Rule == "soon-condition").Text;
        Assert.Contains(nodes[0].Name, text, StringComparison.Ordinal);
        Assert.Contains($"{nodes[7].Name} and 12 others", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_sum_is_said_to_hold_is_true_of_every_condition_named()
    {
        var assessment = Evaluator.Assess(Photo(("Melanoma", 0.19), ("Measles", 0.12), ("Melanocytic nevus", 0.69)));

        var reason = assessment.Reasons.Single(reason => reason.Rule == "soon-condition").Text;
        Assert.Equal(Urgency.Urgent, Graph.Conditions.Single(node => node.Name == "Measles").DefaultUrgency);
        Assert.Contains("Measles", reason, StringComparison.Ordinal);
        Assert.Contains("within 2 weeks, or earlier", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("cancer", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Self_care_needs_a_harmless_differential()
    {
        Assert.Equal(Urgency.SelfCare, Evaluator.Assess(Photo(("Ephelis", 0.95), ("Lentigo simplex", 0.05))).Urgency);
        Assert.Equal(Urgency.Routine, Evaluator.Assess(Photo(("Ephelis", 0.95), ("Melanoma", 0.05))).Urgency);
        Assert.Equal(Urgency.Routine, Evaluator.Assess(Photo(("Ephelis", 0.6), ("Lentigo simplex", 0.4))).Urgency);
        Assert.NotEqual(Urgency.SelfCare, Evaluator.Assess(With(Photo(("Ephelis", 0.95), ("Lentigo simplex", 0.05)), "itching")).Urgency);
    }

    [Theory]
    [InlineData("blisters and my mouth is sore", "blistering-mucosa", Urgency.Emergency)]
    [InlineData("purple spots that do not fade and fever", "purpura-ill", Urgency.Emergency)]
    [InlineData("my throat is swelling", "airway", Urgency.Emergency)]
    [InlineData("the pain is far worse than it looks", "pain-out-of-proportion", Urgency.Emergency)]
    [InlineData("shingles on my forehead and the eye hurts", "eye-involved", Urgency.Emergency)]
    [InlineData("fever, and I am immunosuppressed", "fever-immunosuppressed", Urgency.Emergency)]
    [InlineData("hot, swollen skin that is spreading", "cellulitis", Urgency.Urgent)]
    [InlineData("I have shingles and I am pregnant", "shingles-at-risk", Urgency.Urgent)]
    [InlineData("this mole is changing", "new-or-changing-mole", Urgency.Soon)]
    [InlineData("a sore that has not healed for 5 weeks", "not-healed", Urgency.Soon)]
    [InlineData("a firm raised lump that is growing", "growing-firm-nodule", Urgency.Soon)]
    [InlineData("a dark band in my thumb nail", "nail-band", Urgency.Soon)]
    [InlineData("a new dark patch on my sole", "acral-dark-patch", Urgency.Soon)]
    [InlineData("my mole has an irregular border and it itches", "nice-weighted-7-point", Urgency.Soon)]
    public void A_red_flag_in_the_users_words_fires_its_rule(string words, string rule, Urgency atLeast)
    {
        var assessment = Evaluator.Assess(new TriageInput { Signs = Graph.ReportedSigns.Read(words) });

        Assert.Contains(assessment.Reasons, reason => reason.Rule == rule);
        Assert.True(assessment.Urgency >= atLeast);
        Assert.Contains("Reported: ", assessment.Reasons.First(reason => reason.Rule == rule).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_without_a_looked_up_source_says_so()
    {
        var assessment = Evaluator.Assess(new TriageInput { Signs = Graph.ReportedSigns.Read("fever after a transplant") });

        Assert.Contains("No source was looked up", assessment.Reasons[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_denied_sign_raises_nothing()
    {
        var assessment = Evaluator.Assess(new TriageInput { Signs = Graph.ReportedSigns.Read("no blisters and no fever, never had trouble breathing") });

        Assert.Equal(Urgency.Routine, assessment.Urgency);
    }

    [Fact]
    public void The_dermoscopic_list_counts_dermoscopic_photos_only()
    {
        var concepts = new[] { Concept("blue-whitish veil"), Concept("regression structures") };
        var dermoscopic = Photo(("Melanocytic nevus", 1)) with { Concepts = concepts };

        Assert.Equal(Urgency.Soon, Evaluator.Assess(dermoscopic).Urgency);
        Assert.Equal(Urgency.Routine, Evaluator.Assess(dermoscopic with { Modality = Modality.Clinical }).Urgency);
    }

    [Fact]
    public void A_detector_nobody_measured_is_no_evidence()
    {
        var concepts = new[] { Concept("blue-whitish veil") with { Auroc = null }, Concept("regression structures") };

        Assert.Equal(Urgency.Routine, Evaluator.Assess(Photo(("Melanocytic nevus", 1)) with { Concepts = concepts }).Urgency);
    }

    [Fact]
    public void An_emergency_among_the_conditions_is_an_emergency()
    {
        var assessment = Evaluator.Assess(Photo(("Morbilliform drug eruption", 0.8), ("Stevens-Johnson syndrome", 0.2)));

        Assert.Equal(Urgency.Emergency, assessment.Urgency);
        Assert.Contains("Stevens-Johnson syndrome", assessment.Reasons[0].Text, StringComparison.Ordinal);
        Assert.Equal(["D2"], assessment.Reasons[0].Evidence);
    }

    [Property(MaxTest = 60)]
    public Property A_further_sign_or_concept_never_lowers_urgency() => Prop.ForAll(RandomInputs().ToArbitrary(), input =>
    {
        var before = Evaluator.Assess(input).Urgency;
        var withSigns = Graph.Triage.Signs.All(sign => Evaluator.Assess(With(input, sign.Id)).Urgency >= before);
        var withConcepts = Graph.Triage.Checklists.SelectMany(list => list.Items).SelectMany(item => item.Requirement.Concepts).Distinct()
            .All(id => Evaluator.Assess(input with { Concepts = [.. input.Concepts, Concept(id)] }).Urgency >= before);
        var moreMalignant = input with { MalignancyProbability = Math.Min(1, (input.MalignancyProbability ?? 0) + 0.3) };
        return withSigns && withConcepts && Evaluator.Assess(moreMalignant).Urgency >= before;
    });

    [Property(MaxTest = 60)]
    public Property Malignant_mass_above_the_floor_is_never_left_to_self_care() => Prop.ForAll(RandomInputs().ToArbitrary(), input =>
        input.MalignancyProbability is not >= 0.02 || Evaluator.Assess(input).Urgency > Urgency.SelfCare);

    [Property(MaxTest = 100)]
    public Property Every_reason_names_a_rule_of_the_data_and_evidence_that_was_given() => Prop.ForAll(RandomInputs().ToArbitrary(), input =>
    {
        var rules = Graph.Triage;
        var known = rules.Rules.Select(rule => rule.Id).Concat(rules.Checklists.Select(list => list.Id))
            .Concat(rules.Malignancy.Concat(rules.Conditions).Select(rule => rule.Id)).Append(rules.Otherwise.Id).ToHashSet();
        var given = input.Evidence.Select(evidence => evidence.Id).ToHashSet();
        return Evaluator.Assess(input).Reasons.All(reason => known.Contains(reason.Rule) && reason.Evidence.All(given.Contains) && !reason.Text.Contains('{'));
    });

    [Fact]
    public void A_mole_brings_the_questions_a_photo_cannot_answer()
    {
        var questions = Evaluator.NextQuestions(Photo(("Melanocytic nevus", 0.97), ("Melanoma", 0.03)));

        Assert.Contains(questions, question => question.Sign == "changing");
        Assert.Contains(questions, question => question.Sign == "bleeding");
        Assert.All(questions, question => Assert.EndsWith("?", question.Text, StringComparison.Ordinal));
        Assert.Equal(questions.Count, questions.Select(question => question.Sign).Distinct().Count());
    }

    [Fact]
    public void What_was_asked_reported_or_denied_is_not_asked_again()
    {
        var reported = With(Photo(("Melanocytic nevus", 1)), "changing");
        var input = reported with { Signs = [.. reported.Signs, Graph.ReportedSigns.Report("bleeding", false)] };

        var questions = Evaluator.NextQuestions(input, ["fever"]);

        Assert.DoesNotContain(questions, question => question.Sign is "changing" or "bleeding" or "fever");
    }

    [Fact]
    public void A_half_met_emergency_is_asked_for_first()
    {
        var questions = Evaluator.NextQuestions(new TriageInput { Signs = Graph.ReportedSigns.Read("I have blisters") });

        Assert.Equal("sore-mucosa", questions[0].Sign);
    }

    [Theory]
    [InlineData("I have blisters", "blistering-mucosa")]
    [InlineData("my child has a fever and a rash", "purpura-ill")]
    [InlineData("the skin is hot and swollen", "cellulitis")]
    [InlineData("my mole itches", null)]
    [InlineData("it hurts", null)]
    [InlineData("I have blisters, my mouth is not sore. No fever, it is not painful and I feel well, no new medicine. I have no eczema. It is not about a baby or child. No pustules.", null)]
    public void A_more_urgent_rule_met_in_part_is_open_until_it_is_denied(string words, string? rule)
    {
        var open = Evaluator.Assess(new TriageInput { Signs = Graph.ReportedSigns.Read(words) }).Open;

        Assert.Equal(rule, open.Count > 0 ? open[0].Rule : null);
        Assert.All(open, reason => Assert.DoesNotContain("{", reason.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("I have shingles", Urgency.Urgent)]
    [InlineData("he has eczema herpeticum", Urgency.Emergency)]
    [InlineData("I was diagnosed with necrotizing fasciitis", Urgency.Emergency)]
    [InlineData("my daughter has a meningococcal septicaemia", Urgency.Emergency)]
    [InlineData("I have anaphylaxis", Urgency.Emergency)]
    [InlineData("I do not have shingles", Urgency.Routine)]
    [InlineData("Do I have shingles?", Urgency.Routine)]
    [InlineData("what is shingles", Urgency.Routine)]
    [InlineData("I have eczema", Urgency.Routine)]
    public void A_condition_somebody_has_is_as_urgent_as_it_usually_is(string words, Urgency urgency) =>
        Assert.Equal(urgency, Evaluator.Assess(new TriageInput { Signs = Graph.ReportedSigns.Read(words) }).Urgency);

    [Fact]
    public void Nothing_of_the_rules_is_reviewed_and_the_data_say_so()
    {
        Assert.All(Graph.Triage.Rules, rule => Assert.False(rule.Reviewed));
        Assert.All(Graph.Triage.Checklists, list => Assert.False(list.Reviewed));
        Assert.All(Graph.Triage.Emergencies, emergency => Assert.False(emergency.Reviewed));
        Assert.All(Evaluator.Assess(new TriageInput { Signs = Graph.ReportedSigns.Read("I cannot breathe") }).Reasons, reason => Assert.False(reason.Reviewed));
    }

    [Fact]
    public void In_an_emergency_nobody_is_kept_talking() =>
        Assert.Empty(Evaluator.NextQuestions(new TriageInput { Signs = Graph.ReportedSigns.Read("I cannot breathe") }));

    private static TriageInput Photo(params (string Name, double Probability)[] entries)
    {
        var nodes = entries.Select(entry => (Node: Graph.Find(entry.Name)!, entry.Probability)).ToList();
        return new TriageInput
        {
            Modality = Modality.Dermoscopic,
            Differential = [.. nodes.Select(entry => new DifferentialEntry(entry.Node.Id, entry.Node.Name, entry.Node.Path, entry.Probability))],
            MalignancyProbability = nodes.Where(entry => entry.Node.CountsAsMalignant).Sum(entry => entry.Probability),
            Evidence =
            [
                .. nodes.Select((entry, i) => new Evidence($"D{i + 1}", EvidenceKind.Differential, "an entry", new JsonObject { ["about"] = "differential", ["id"] = entry.Node.Id })),
                new Evidence("D9", EvidenceKind.Differential, "the mass", new JsonObject { ["about"] = "malignancy" }),
            ],
        };
    }

    private static TriageInput With(TriageInput input, string sign) =>
        input with { Signs = [.. input.Signs, Graph.ReportedSigns.Report(sign, true)] };

    private static ConceptScore Concept(string nameOrId)
    {
        var concept = Graph.FindConcept(nameOrId)!;
        return new ConceptScore(concept.Id, concept.Name, 0.9, ConceptSource.Encoder, 0.9);
    }

    /// <summary>Up to four conditions that share the probability, up to three signs, any modality.</summary>
    private static Gen<TriageInput> RandomInputs() =>
        from conditions in Gen.Elements<OntologyNode>(Graph.Conditions).ListOf()
        from weights in Gen.Choose(1, 100).ListOf()
        from signs in Gen.Elements<Sign>(Graph.Triage.Signs).ListOf()
        from modality in Gen.Elements(Modality.Clinical, Modality.Dermoscopic, Modality.Other)
        select Compose(conditions, weights, signs, modality);

    private static TriageInput Compose(IEnumerable<OntologyNode> conditions, IEnumerable<int> weights, IEnumerable<Sign> signs, Modality modality)
    {
        var taken = conditions.Distinct().Zip(weights).Take(4).ToList();
        var total = Math.Max(1, taken.Sum(pair => pair.Second));
        var photo = Photo([.. taken.Select(pair => (pair.First.Name, (double)pair.Second / total))]);
        return photo with
        {
            Modality = modality,
            MalignancyProbability = taken.Count == 0 ? null : photo.MalignancyProbability,
            Signs = [.. signs.Take(3).Select(sign => Graph.ReportedSigns.Report(sign.Id, true))],
        };
    }
}
