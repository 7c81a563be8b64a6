using System.Text;
using System.Text.RegularExpressions;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>Understands questions by rule: patterns from <c>prompts/agent/intents.json</c>, conditions from the ontology, misspellings tolerated.</summary>
internal sealed partial class QuestionReader
{
    // Stands for a named condition in the text that patterns see.
    private const char Named = '¤';

    // A question is understood by its beginning; what follows is not read for intents. Patterns run without a time limit on that
    // much text, so that an answer never depends on how busy the machine is.
    private const int Readable = 1_000;

    private static readonly (string From, string To)[] Contractions =
    [
        ("what's", "what is"), ("where's", "where is"), ("how's", "how is"), ("who's", "who is"), ("it's", "it is"), ("that's", "that is"), ("there's", "there is"),
        ("i'm", "i am"), ("can't", "cannot"), ("can not", "cannot"), ("cannot you", "cannot you"), ("don't", "do not"), ("doesn't", "does not"), ("isn't", "is not"), ("you're", "you are"),
        ("couldn't", "could not"), ("shouldn't", "should not"), ("won't", "will not"), ("i've", "i have"), ("whats ", "what is "), ("wheres ", "where is "), ("wats ", "what is "), ("dont ", "do not "), ("cant ", "cannot "), (" u ", " you "), (" r ", " are "),
    ];

    private readonly OntologyGraph _ontology;
    private readonly IReadOnlyList<(Intent Intent, IReadOnlyList<Regex> Patterns)> _intents;
    private readonly IReadOnlyList<Regex> _compare;
    private readonly string[] _words;
    private readonly HashSet<string> _known;
    private readonly HashSet<string> _reserved;
    private readonly Regex _things;
    private readonly TermReader _terms;

    private QuestionReader(IntentFile file, OntologyGraph ontology)
    {
        _ontology = ontology;
        _words = [.. file.Words.Distinct()];
        _known = [.. _words];
        _reserved = file.Reserved.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _intents = [.. file.Intents.Select(entry => (entry.Intent, (IReadOnlyList<Regex>)[.. entry.Patterns.Select(Compile)]))];
        _compare = [.. _intents.Where(entry => entry.Intent is Intent.ComparePhotos).SelectMany(entry => entry.Patterns)];
        _terms = new TermReader(file.Terms, ontology);
        var things = string.Join('|', file.Things.OrderByDescending(t => t.Length).Select(Regex.Escape));
        _things = Compile($@"\b(?:this|that|my|the|his|her|our|these|those)\s+(?:\w+\s+)?(?:{things})\b");
    }

    /// <summary>The words that misspellings are corrected to.</summary>
    public IReadOnlyCollection<string> Vocabulary => _words;

    /// <exception cref="AgentSetupException">The file of patterns is missing or malformed.</exception>
    public static QuestionReader Load(string promptsDirectory, OntologyGraph ontology)
    {
        var path = Path.Combine(promptsDirectory, "agent", "intents.json");
        try
        {
            return new QuestionReader(PromptFile.Read<IntentFile>(path), ontology);
        }
        catch (RegexParseException e)
        {
            throw new AgentSetupException($"{path} holds a pattern that cannot be read: {e.Message}", "Correct the pattern or restore the file.", e);
        }
    }

    /// <summary>Reads a question.</summary>
    /// <param name="hasPhoto">Whether the conversation has a readable photo.</param>
    /// <param name="newPhoto">Whether a file came with this question.</param>
    /// <param name="reportsSigns">Whether the question reports a sign that triage knows.</param>
    /// <param name="severalPhotos">Whether the user has sent more than one file: "they" may then be photos.</param>
    public QuestionMeaning Read(string question, bool hasPhoto, bool newPhoto, bool reportsSigns, bool severalPhotos = false)
    {
        var readable = Spelled(question.Length <= Readable ? question : question[..Readable]);
        var photos = PhotoReferences.In(readable, _ontology.FindMentions(readable));
        if (Plain(question).Length == 0) return new([newPhoto ? Intent.WhatIsIt : Intent.Help], [], photos);
        // Where there are photos, what is asked is read with "it" in the place of the photo it is asked of.
        var named = hasPhoto || severalPhotos ? photos.Mask(readable) : readable;
        var corrected = Correct(Plain(named));
        var (masked, conditions) = Mask(corrected);
        var found = new HashSet<Intent>();
        Find(masked);
        if (severalPhotos && photos.Plural is not PhotoPlural.None) Find(Mask(Correct(Plain(PhotoReferences.MaskPlural(named)))).Text);
        if (_compare.Any(pattern => pattern.IsMatch(Plain(readable)))) found.Add(Intent.ComparePhotos);
        var sideBySide = conditions.Count == 0 && PhotoReferences.Compares(readable) && (photos.Named || (severalPhotos && photos.Plural is not PhotoPlural.None));
        if (sideBySide) found.Add(Intent.ComparePhotos);
        var term = Term(Plain(named), corrected, found, conditions);
        Resolve(found, masked, conditions, photos, hasPhoto, newPhoto, reportsSigns);
        return new([.. found.Order()], conditions, photos) { Term = term };

        void Find(string text)
        {
            foreach (var (intent, patterns) in _intents)
                if (patterns.Any(pattern => pattern.IsMatch(text))) found.Add(intent);
        }
    }

    // "What is a plaque?" asks for a word. Concepts and rules are known by name, so that they go before every pattern; a part of names only
    // helps where no pattern knows better. A word the patterns keep for themselves ("mole") is a condition when its meaning is asked for.
    private string? Term(string text, string corrected, HashSet<Intent> found, List<OntologyNode> conditions)
    {
        if ((_terms.Read(text) ?? _terms.Read(corrected)) is not { } asked) return null;
        var open = found.All(intent => intent is Intent.Skin or Intent.Malignancy);
        if (asked.Kind is AskedKind.Node or AskedKind.PartOfNames && (!open || conditions.Count > 0)) return null;
        found.Clear();
        // What a concept's name holds ("milia-like cyst") is not asked for.
        conditions.Clear();
        if (asked.Kind is AskedKind.Node)
        {
            conditions.Add(_ontology.Find(asked.Term)!);
            found.Add(Intent.LookUp);
            return null;
        }

        found.Add(Intent.ExplainTerm);
        return asked.Term;
    }

    // Patterns overlap on purpose; here the more specific reading wins.
    private static void Resolve(HashSet<Intent> found, string text, List<OntologyNode> conditions, PhotoReferences photos, bool hasPhoto, bool newPhoto, bool reportsSigns)
    {
        var aboutSkin = found.Remove(Intent.Skin) || conditions.Count > 0 || hasPhoto;
        if (found.Contains(Intent.ComparePhotos) || (photos.Numbers.Count + photos.Ordinals.Count > 1 && conditions.Count == 0 && found.All(intent => intent is Intent.WhatIsIt or Intent.Compare or Intent.LookUp)))
        {
            found.Add(Intent.ComparePhotos);
            found.ExceptWith([Intent.Compare, Intent.WhatIsIt, Intent.SimilarCases, Intent.LookUp]);
        }

        // "What can't you tell from it?" compares nothing.
        if (found.Contains(Intent.Limits) && conditions.Count == 0) found.Remove(Intent.Compare);
        // Who reports how they are asks for no comparison of the names among it.
        if (conditions.Count >= 2 && !reportsSigns && !found.Contains(Intent.LookUp) && !found.Contains(Intent.Hierarchy)) found.Add(Intent.Compare);
        if (found.Contains(Intent.Compare)) found.ExceptWith(newPhoto ? [Intent.LookUp, Intent.IsItCondition] : [Intent.LookUp, Intent.IsItCondition, Intent.Why, Intent.WhatIsIt]);
        if (found.Contains(Intent.Hierarchy)) found.ExceptWith([Intent.LookUp, Intent.WhatIsIt, Intent.IsItCondition]);
        if (found.Contains(Intent.IsItCondition)) found.ExceptWith(newPhoto ? [Intent.LookUp, Intent.Confidence] : [Intent.LookUp, Intent.WhatIsIt, Intent.Confidence]);
        if (found.Contains(Intent.LookUp)) found.ExceptWith([Intent.WhatIsIt, Intent.WhatDoYouSee, Intent.Why]);
        if (found.Contains(Intent.Limits)) found.ExceptWith([Intent.WhatDoYouSee, Intent.WhatIsIt, Intent.Confidence, Intent.Help, Intent.LookUp]);
        if (found.Contains(Intent.PhotoQuality)) found.ExceptWith([Intent.WhatIsIt, Intent.WhatDoYouSee, Intent.Confidence]);
        if (found.Contains(Intent.SimilarCases)) found.ExceptWith([Intent.WhatDoYouSee, Intent.WhatIsIt]);
        if (found.Contains(Intent.Confidence)) found.Remove(Intent.WhatIsIt);
        if (found.Contains(Intent.WhoAreYou)) found.ExceptWith([Intent.WhatIsIt, Intent.Confidence]);
        if (found.Contains(Intent.Treatment) && found.Count > 1) found.ExceptWith([Intent.Urgency, Intent.Help]);
        if (found.Contains(Intent.Malignancy)) found.ExceptWith([Intent.WhatIsIt, Intent.Confidence]);
        if (found.Contains(Intent.Help) && found.Count > 1) found.Remove(Intent.Help);

        // "Photo 1?" asks what there is to say of it.
        if (conditions.Count == 0 && found.Count == 0 && hasPhoto && photos.Named) found.Add(Intent.WhatIsIt);
        if (conditions.Count == 1 && found.Count == 0 && (hasPhoto || !reportsSigns)) found.Add(hasPhoto ? Intent.IsItCondition : Intent.LookUp);
        if (reportsSigns) found.Add(Intent.Urgency);
        var social = found.All(intent => intent <= Intent.Help);
        if (newPhoto && social) found.Add(Intent.WhatIsIt);
        if (found.Count > 0 && !(found.Count == 1 && found.Contains(Intent.Greeting) && text.Split(' ').Length > 6)) return;
        found.Clear();
        if (newPhoto) found.Add(Intent.WhatIsIt);
        else found.Add(aboutSkin && SpeaksOfSkin(text) ? Intent.Unclear : Intent.Outside);

        static bool SpeaksOfSkin(string text) => text.Contains(Named, StringComparison.Ordinal) || Skin().IsMatch(text);
    }

    // Small letters, straight quotes, contractions spelled out, punctuation to spaces.
    private static string Plain(string question)
    {
        var text = new StringBuilder(Math.Min(question.Length, Readable) + 2).Append(' ');
        foreach (var c in question.AsSpan(0, Math.Min(question.Length, Readable)))
            text.Append(c is '’' or '‘' or '`' ? '\'' : char.ToLowerInvariant(c));
        text.Append(' ');
        foreach (var (from, to) in Contractions) text.Replace(from, to);
        return Spaces().Replace(NoWord().Replace(text.ToString(), " "), " ").Trim();
    }

    // An abbreviation in capitals ("SK") is spelled out: in small letters it may be a common word, or none.
    private string Spelled(string question)
    {
        var spelled = new StringBuilder();
        var at = 0;
        foreach (var mention in _ontology.FindMentions(question))
        {
            var name = question.Substring(mention.Start, mention.Length);
            if (!name.Any(char.IsUpper) || name.Any(char.IsLower) || _reserved.Contains(name)) continue;
            spelled.Append(question, at, mention.Start - at).Append(mention.Node.Name);
            at = mention.Start + mention.Length;
        }

        return spelled.Append(question, at, question.Length - at).ToString();
    }

    // "this mole" becomes "it"; conditions become the sign the patterns know.
    private (string Text, List<OntologyNode> Conditions) Mask(string text)
    {
        var plain = _things.Replace(text, "it");
        var conditions = new List<OntologyNode>();
        var masked = new StringBuilder();
        var at = 0;
        foreach (var mention in Mentions(plain))
        {
            masked.Append(plain, at, mention.Start - at).Append(Named);
            at = mention.Start + mention.Length;
            if (!conditions.Any(c => c.Id == mention.Node.Id)) conditions.Add(mention.Node);
        }

        return (masked.Append(plain, at, plain.Length - at).ToString(), conditions);
    }

    private IEnumerable<Mention> Mentions(string text)
    {
        var exact = _ontology.FindMentions(text).Where(m => !_reserved.Contains(text.Substring(m.Start, m.Length))).ToList();
        return exact.Concat(Misspelled(text, exact)).OrderBy(m => m.Start);
    }

    // Words no pattern knows may be a misspelled condition: up to four of them are tried together, longest first.
    private IEnumerable<Mention> Misspelled(string text, List<Mention> exact)
    {
        var words = Word().Matches(text).Where(m => !exact.Any(e => m.Index < e.Start + e.Length && m.Index + m.Length > e.Start)).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            for (var count = Math.Min(4, words.Count - i); count >= 1; count--)
            {
                var (first, last) = (words[i], words[i + count - 1]);
                if (_known.Contains(first.Value) || _known.Contains(last.Value)) continue;
                var start = first.Index;
                var length = last.Index + last.Length - start;
                if (length < 6 || length > 60) continue;
                var phrase = text.Substring(start, length);
                if (_reserved.Contains(phrase) || Nearest(phrase) is not { } node) continue;
                yield return new Mention(start, length, node);
                i += count - 1;
                break;
            }
        }
    }

    private OntologyNode? Nearest(string phrase)
    {
        var allowed = phrase.Length >= 10 ? 2 : 1;
        foreach (var node in _ontology.Search(phrase, 3))
            foreach (var name in node.Synonyms.Prepend(node.Name))
                if (Math.Abs(name.Length - phrase.Length) <= allowed && Spelling.Distance(phrase, name.ToLowerInvariant(), allowed) <= allowed && (_ontology.Find(phrase) == node || _ontology.CanBeMisspelling(phrase, name)))
                    return node;
        return null;
    }

    private string Correct(string text)
    {
        var mentions = _ontology.FindMentions(text);
        return Word().Replace(text, match =>
        {
            var word = match.Value;
            if (word.Length < 4 || _known.Contains(word) || mentions.Any(m => match.Index >= m.Start && match.Index < m.Start + m.Length)) return word;
            var allowed = word.Length >= 8 ? 2 : 1;
            var (best, distance) = (word, allowed + 1);
            foreach (var candidate in _words)
            {
                if (Math.Abs(candidate.Length - word.Length) > allowed || candidate.Length < 4 || candidate[0] != word[0]) continue;
                var d = Spelling.Distance(word, candidate, allowed);
                if (d < distance) (best, distance) = (candidate, d);
            }

            return best;
        });
    }

    private static Regex Compile(string pattern) => new(pattern, RegexOptions.CultureInvariant);

    [GeneratedRegex(@"[^\p{L}\p{N}'-]+|(?<!\p{L})['-]|['-](?!\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex NoWord();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\p{L}[\p{L}'-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:skin|dermat\w+|dermoscop\w+|moles?|lesions?|rash(?:es)?|spots?|photos?|pictures?|images?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Skin();

    private sealed record IntentFile(IReadOnlyList<string> Things, IReadOnlyList<string> Reserved, IReadOnlyList<string> Words, TermPatterns Terms, IReadOnlyList<IntentPatterns> Intents);

    private sealed record IntentPatterns(Intent Intent, IReadOnlyList<string> Patterns);
}
