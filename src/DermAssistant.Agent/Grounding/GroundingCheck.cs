using System.Text.RegularExpressions;
using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>What a turn's draft is checked against.</summary>
/// <param name="Photos">Numbers of the readable photos of the conversation; with none, nothing may be said of what is seen.</param>
/// <param name="Refused">Numbers of the files that could not be used.</param>
/// <param name="Urgencies">The urgency by rule of each photo the answer speaks of, 0 for what was reported alone; no sentence may go below.</param>
internal sealed record GroundingContext(
    IReadOnlyList<Evidence> Evidence, IReadOnlyList<int> Photos, IReadOnlyList<int> Refused, IReadOnlyDictionary<int, Urgency> Urgencies)
{
    /// <summary>The urgency that a sentence about these photos may not go below, or null where none was computed.</summary>
    /// <param name="photos">Those the sentence names; one that names none speaks of all.</param>
    public Urgency? Floor(IReadOnlyList<int> photos)
    {
        var meant = photos.Count == 0 ? [.. Urgencies.Values] : photos.Where(Urgencies.ContainsKey).Select(photo => Urgencies[photo]).ToList();
        return meant.Count == 0 ? null : meant.Max();
    }
}

/// <summary>What is left of a draft, and what was cut.</summary>
internal sealed record GroundedDraft(IReadOnlyList<Claim> Claims, IReadOnlyList<RemovedClaim> Removed);

/// <summary>Lets a sentence stand only where the evidence it cites carries everything checkable in it.</summary>
/// <remarks>
/// Checked are: ids, numbers (at the precision written, and said of the right node), nodes, concepts, cases, paths, urgency,
/// words with a clinical meaning, and the overlap of the rest with the evidence's words. A sentence without evidence stands only when
/// it is one of the product's own standing sentences or holds nothing clinical, visual or numeric at all. Drafts of the narrator and
/// of a language model go through the same check.
/// </remarks>
internal sealed partial class GroundingCheck(OntologyGraph ontology, GuardLanguage language, Phrasebook phrases)
{
    // The share of a sentence's words with a meaning of their own that must occur in its evidence.
    private const double SharedWords = 0.5;

    // Two words with this many equal letters at the start count as forms of one word.
    private const int StemLength = 5;

    // Shorter pieces of a statement could mean something else on their own.
    private const int ShortestQuote = 20;

    private const int LongestSentence = 1_500;

    public GroundedDraft Check(IReadOnlyList<DraftSentence> draft, GroundingContext context)
    {
        var facts = context.Evidence.ToDictionary(e => e.Id, e => new Lazy<EvidenceFacts>(() => new EvidenceFacts(e, ontology)), StringComparer.Ordinal);
        var claims = new List<Claim>();
        var removed = new List<RemovedClaim>();
        foreach (var sentence in draft)
        {
            var known = sentence.Citations.Where(facts.ContainsKey).ToList();
            var unknown = sentence.Citations.Where(id => !facts.ContainsKey(id)).ToList();
            var why = Fault(sentence.Text, [.. known.Select(id => facts[id].Value)], context);
            if (why is null && unknown.Count > 0 && known.Count == 0) why = $"cites {Words.List(unknown)}, which is not evidence of this answer";
            if (why is not null)
            {
                removed.Add(new(sentence.Text, why));
                continue;
            }

            if (unknown.Count > 0) removed.Add(new(sentence.Text, $"kept without {Words.List(unknown)}, which is not evidence of this answer"));
            claims.Add(new Claim(sentence.Text, known) { Paragraph = sentence.Paragraph });
        }

        return new(claims, removed);
    }

    // Null when the sentence may stand, else why not.
    private string? Fault(string sentence, IReadOnlyList<EvidenceFacts> cited, GroundingContext context)
    {
        if (sentence.Length > LongestSentence) return "is too long to be checked";
        if (cited.Count == 0 && phrases.IsStanding(sentence)) return null;
        if (IsVerbatim(sentence, cited, context)) return null;
        IReadOnlyList<Mention> mentions = Mentions(sentence);
        return PhotoFault(sentence, cited, context)
            ?? UrgencyFault(sentence, cited, context, mentions)
            ?? AssertionFault(sentence, cited, mentions)
            ?? (cited.Count == 0 ? UncitedFault(sentence, mentions) : null)
            ?? NodeFault(cited, mentions)
            ?? ConceptFault(sentence, cited, mentions)
            ?? PathFault(sentence)
            ?? CaseFault(sentence, cited)
            ?? NumberFault(sentence, cited, mentions)
            ?? (cited.Count == 0 ? null : WordFault(sentence, cited));
    }

    // Neighbours in a list ("annular, erythema") do not make a name that is written without a comma.
    private Mention[] Mentions(string sentence) =>
        [.. ontology.FindMentions(sentence).Where(m => !sentence.AsSpan(m.Start, m.Length).Contains(',') || m.Node.Synonyms.Prepend(m.Node.Name).Any(name => name.Contains(',', StringComparison.Ordinal)))];

    // A statement of the ontology, of a triage rule or of the gate may be repeated word for word, said of its photo.
    private bool IsVerbatim(string sentence, IReadOnlyList<EvidenceFacts> cited, GroundingContext context)
    {
        var label = OfPhoto().Match(sentence);
        if (label.Success && cited.Any(facts => facts.Photo is { } photo && $"{photo}" != label.Groups["n"].Value)) return false;
        var quote = sentence[label.Length..].TrimEnd('.');
        if (quote.Length < ShortestQuote || !cited.Any(facts => (!facts.FromPhoto && Holds(facts.Evidence.Text)) || facts.GateSentences.Any(Holds))) return false;
        // Of several photos, the rule of the least urgent must not pass for all.
        return label.Success || context.Urgencies.Values.Distinct().Count() < 2 || cited.All(facts => facts.Evidence.Kind is not EvidenceKind.Triage)
            || language.HighestUrgency(sentence) is not { } stated || stated >= context.Floor([]);

        bool Holds(string text) => text.Contains(quote, StringComparison.OrdinalIgnoreCase);
    }

    private string? PhotoFault(string sentence, IReadOnlyList<EvidenceFacts> cited, GroundingContext context)
    {
        var named = StatedNumber.PhotosIn(sentence);
        foreach (var number in named)
            if (!context.Photos.Contains(number) && !context.Refused.Contains(number)) return $"there is no photo {number}";
        if (named.Count > 0 && cited.FirstOrDefault(facts => facts.Photo is { } photo && !named.Contains(photo)) is { } other)
            return $"speaks of photo {named[0]}, but cites what was read in photo {other.Photo}";
        if (!language.IsVisual(sentence)) return null;
        if (context.Photos.Count == 0) return "says what is seen, but there is no readable photo";
        return cited.Any(facts => facts.FromPhoto) ? null : "says what is seen, but cites nothing read in the photo";
    }

    private string? UrgencyFault(string sentence, IReadOnlyList<EvidenceFacts> cited, GroundingContext context, IReadOnlyList<Mention> mentions)
    {
        if (language.IsReassurance(sentence)) return "reassures, excludes or is certain beyond what the evidence can carry";
        if (language.HighestUrgency(sentence) is not { } stated) return null;

        // "the usual urgency of X is routine" speaks of a condition, not of this patient.
        var usual = cited.FirstOrDefault(facts => facts.Field("statement") == "usualUrgency" && facts.Urgency == stated);
        if (usual is not null && mentions.Any(m => usual.Nodes.Contains(m.Node.Id)) && UsualUrgency().IsMatch(sentence)) return null;
        if (context.Floor(StatedNumber.PhotosIn(sentence)) is { } rule && stated < rule) return $"says {Words.Of(stated)}, below the urgency by rule, {Words.Of(rule)}";
        return cited.Any(facts => facts.Evidence.Kind is EvidenceKind.Triage || facts.Urgency is not null)
            ? null
            : "states an urgency without evidence for it";
    }

    // "This is melanoma" needs a verdict for it; "melanoma is the most probable" does not.
    private static string? AssertionFault(string sentence, IReadOnlyList<EvidenceFacts> cited, IReadOnlyList<Mention> mentions)
    {
        foreach (var mention in mentions)
        {
            if (!Assertion().IsMatch(sentence[..mention.Start])) continue;
            if (Hedge().IsMatch(sentence)) continue;
            if (!cited.Any(facts => facts.Field("about") == "verdict" && facts.Nodes.Contains(mention.Node.Id)))
                return $"states {mention.Node.Name} as a fact without a verdict for it";
        }

        foreach (var mention in mentions)
            if (Denial().IsMatch(sentence[..mention.Start]))
                return $"denies {mention.Node.Name}, which no evidence here can do";
        return null;
    }

    private string? UncitedFault(string sentence, IReadOnlyList<Mention> mentions)
    {
        if (mentions.Count > 0) return $"names {mentions[0].Node.Name} without evidence";
        if (ontology.FindConceptMentions(sentence) is [var concept, ..]) return $"names {concept.Concept.Name} without evidence";
        if (StatedNumber.In(sentence).Count > 0) return "states a number without evidence";
        return language.ClinicalWords(EvidenceFacts.WordsOf(sentence)).FirstOrDefault() is { } word
            ? $"makes a clinical statement ('{word}') without evidence"
            : null;
    }

    private static string? NodeFault(IReadOnlyList<EvidenceFacts> cited, IReadOnlyList<Mention> mentions)
    {
        foreach (var mention in mentions)
            if (!cited.Any(facts => facts.Nodes.Contains(mention.Node.Id) || (mention.AlsoConcept is { } concept && facts.Concepts.Contains(concept.Id))))
                return $"names {mention.Node.Name}, which the cited evidence does not";
        return null;
    }

    private string? ConceptFault(string sentence, IReadOnlyList<EvidenceFacts> cited, IReadOnlyList<Mention> mentions)
    {
        foreach (var mention in ontology.FindConceptMentions(sentence))
        {
            // A word inside a node's name ("plaque psoriasis") is not a concept said to be there.
            if (mentions.Any(m => mention.Start >= m.Start && mention.Start < m.Start + m.Length)) continue;
            if (!cited.Any(facts => facts.Concepts.Contains(mention.Concept.Id)))
                return $"names {mention.Concept.Name}, which the cited evidence does not";
        }

        // A feature against a condition may not be turned into one for it, nor the reverse.
        foreach (var facts in cited.Where(facts => facts.Field("statement") == "feature"))
            if (facts.Field("weight") == "against" != Against().IsMatch(sentence)
                && cited.All(other => other.Field("statement") != "feature" || other.Field("weight") == "against" == (facts.Field("weight") == "against")))
                return "turns round how a feature speaks";
        return null;
    }

    // "A › B": B must be a child of A in the ontology.
    private string? PathFault(string sentence)
    {
        var parts = PathMark().Split(sentence);
        if (parts.Length < 2) return null;
        var above = ontology.Nodes.Where(node => parts[0].EndsWith(node.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        for (var i = 1; i < parts.Length; i++)
        {
            var last = i == parts.Length - 1;
            var below = above.SelectMany(node => node.Children)
                .Where(child => last ? parts[i].StartsWith(child.Name, StringComparison.OrdinalIgnoreCase) : parts[i].Equals(child.Name, StringComparison.OrdinalIgnoreCase))
                .ToList();
            if (below.Count == 0) return $"holds a path the ontology does not: nothing called '{parts[i]}' lies there";
            above = below;
        }

        return null;
    }

    private static string? CaseFault(string sentence, IReadOnlyList<EvidenceFacts> cited)
    {
        foreach (Match match in CaseId().Matches(sentence))
            if (!cited.Any(facts => facts.Names.Any(name => name.Contains(match.Value, StringComparison.OrdinalIgnoreCase))))
                return $"names the case {match.Value}, which the cited evidence does not";
        return null;
    }

    private static string? NumberFault(string sentence, IReadOnlyList<EvidenceFacts> cited, IReadOnlyList<Mention> mentions)
    {
        foreach (var number in StatedNumber.In(sentence))
        {
            if (mentions.Any(m => number.Start >= m.Start && number.Start < m.Start + m.Length)) continue;
            var subject = Binding.SubjectOf(number, sentence, mentions);
            if (!Established(number, subject?.Id, cited, mentions))
                return $"states {sentence.Substring(number.Start, number.Length).Trim()}{(subject is null ? "" : $" of {subject.Name}")}, which the cited evidence does not";
        }

        return null;
    }

    private static bool Established(StatedNumber number, string? subject, IReadOnlyList<EvidenceFacts> cited, IReadOnlyList<Mention> mentions)
    {
        foreach (var facts in cited)
            foreach (var established in facts.Numbers)
                if (number.States(established.Value, established.Percent) && Fits(established))
                    return true;

        // Counting what is named or cited in the sentence itself needs no further evidence.
        return subject is null && !number.Percent && number.Decimals == 0 && number.Value > 1
            && (number.Value == cited.Count || number.Value == mentions.Select(m => m.Node.Id).Distinct().Count());

        // A percentage said of a node must be that node's; one said of none in particular must not be some other node's.
        bool Fits(EstablishedNumber established) =>
            subject is not null ? established.IsAbout(subject) || (!number.Percent && established.Subjects.Count == 0)
            : !number.Percent || established.Subjects.Count == 0 || mentions.Any(m => established.IsAbout(m.Node.Id));
    }

    private string? WordFault(string sentence, IReadOnlyList<EvidenceFacts> cited)
    {
        var all = EvidenceFacts.WordsOf(sentence).Distinct().Where(word => !language.Neutral.Contains(word)).ToList();
        var unsaid = all.Where(word => !cited.Any(facts => Holds(facts.Words, word))).ToList();
        if (language.ClinicalWords(unsaid).FirstOrDefault() is { } clinical) return $"speaks of '{clinical}', of which the cited evidence says nothing";
        var words = all.Where(word => !phrases.Vocabulary.Contains(word)).ToList();
        var missing = unsaid.Where(word => !phrases.Vocabulary.Contains(word)).ToList();
        return words.Count - missing.Count < SharedWords * words.Count
            ? "says something the cited evidence does not"
            : null;
    }

    private static bool Holds(HashSet<string> words, string word) =>
        words.Contains(word) || (word.Length >= StemLength && words.Any(w => w.Length >= StemLength && w.AsSpan(0, StemLength).SequenceEqual(word.AsSpan(0, StemLength))));

    [GeneratedRegex(@"^In photo (?<n>\d+), ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfPhoto();

    [GeneratedRegex(@"\busual(?:ly)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UsualUrgency();

    [GeneratedRegex(@"\b(?:this|that|it|lesion|mole|spot|you|patient|photo|image|picture|diagnosis)\s+(?:is|has|have|shows|must be|are|was)\s+(?:(?:a|an|the|in fact|indeed|simply|just|called)\s+)*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Assertion();

    [GeneratedRegex(@"\b(?:probab\w*|likel\w*|possib\w*|could|may|might|suggest\w*|consistent|candidate|\d+(?:\.\d+)?\s?%)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hedge();

    [GeneratedRegex(@"(?:\bnot|n't|\bnever|\bno|\bwithout|\brather\s+than)\s+(?:(?:a|an|the|any|be|have|really|actually|longer|sign\s+of|signs\s+of)\s+)*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Denial();

    [GeneratedRegex(@"\b(?:against|unlike|lacks?|lacking|absent|absence)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Against();

    [GeneratedRegex(@"\s*(?:›|»|→|->|\s>\s)\s*", RegexOptions.CultureInvariant)]
    private static partial Regex PathMark();

    [GeneratedRegex(@"\b[A-Za-z]{2,}[A-Za-z0-9]*_[A-Za-z0-9_]*\d[A-Za-z0-9_]*\b", RegexOptions.CultureInvariant)]
    private static partial Regex CaseId();
}
