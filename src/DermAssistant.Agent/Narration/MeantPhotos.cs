namespace DermAssistant.Agent;

/// <summary>The files of a conversation by number, those that could not be used included.</summary>
/// <param name="Count">How many there are; they are numbered from 1.</param>
/// <param name="Readable">Numbers of those that could be used.</param>
/// <param name="Sent">Numbers of those that came with the question, in order.</param>
/// <param name="Fresh">Numbers of the readable ones among them.</param>
/// <param name="Spoken">Numbers of those last spoken of.</param>
internal sealed record SentPhotos(int Count, IReadOnlyList<int> Readable, IReadOnlyList<int> Sent, IReadOnlyList<int> Fresh, IReadOnlyList<int> Spoken);

/// <summary>Which photos a question is about. A photo that is named and not there is never replaced by another.</summary>
/// <param name="Numbers">Those to speak of, among them those that could not be used.</param>
/// <param name="Urgent">Those whose urgency is asked for.</param>
/// <param name="Missing">Numbers that are named and that no file has.</param>
/// <param name="NoOther">Whether another photo is asked for than the only one.</param>
/// <param name="Named">Whether the question says which it means.</param>
internal sealed record MeantPhotos(IReadOnlyList<int> Numbers, IReadOnlyList<int> Urgent, IReadOnlyList<int> Missing, bool NoOther, bool Named)
{
    public static MeantPhotos None { get; } = new([], [], [], false, false);

    public static MeantPhotos Of(QuestionMeaning meaning, SentPhotos photos)
    {
        if (photos.Count == 0) return None;
        var all = Enumerable.Range(1, photos.Count).ToList();
        var (found, missing, noOther) = Find(meaning.Photos, photos, all);
        var compares = meaning.Asks(Intent.ComparePhotos);
        // A comparison with a photo that is not there says so itself.
        if (noOther && compares) noOther = false;
        if (compares && found.Count + missing.Count == 1 && Partner(photos, all, found.Count > 0 ? found[0] : 0) is { } partner)
        {
            found.Add(partner);
            found.Sort();
        }

        if (found.Count + missing.Count > 0 || noOther) return new(found, found, missing, noOther, true);
        var several = Several(meaning, photos, all);
        if (several is not null) return new(several, several, [], false, true);
        var current = photos.Fresh.Count > 0 ? photos.Fresh : photos.Sent.Count > 0 ? photos.Sent : photos.Spoken;
        // How soon a person should be seen follows from all that is known, unless the photo at hand could not be used: then nothing is said in its place.
        return new(current, meaning.Asks(Intent.Urgency) && current.Any(photos.Readable.Contains) ? all : current, [], false, false);
    }

    private static (List<int> Found, List<int> Missing, bool NoOther) Find(PhotoReferences said, SentPhotos photos, List<int> all)
    {
        var found = new List<int>();
        var missing = new List<int>();
        var noOther = false;
        foreach (var number in said.Numbers) (all.Contains(number) ? found : missing).Add(number);
        foreach (var place in said.Ordinals)
        {
            // Of several files sent at once, the first may be meant of these or of all: neither is left out.
            var ofThese = photos.Sent.Count > 1 && place <= photos.Sent.Count ? photos.Sent[place - 1] : 0;
            if (ofThese > 0) found.Add(ofThese);
            if (all.Contains(place)) found.Add(place);
            else if (ofThese == 0) missing.Add(place);
        }

        if (said.Newest > 0)
        {
            found.AddRange(all.TakeLast(said.Newest));
            missing.AddRange(Enumerable.Range(1, said.Newest).Where(n => n > photos.Count));
        }

        var at = photos.Sent.Count > 0 ? photos.Sent : photos.Spoken;
        if (said.Previous) Add(Before(at.Count > 0 ? at.Min() : photos.Count));
        if (said.Other || said.Others)
        {
            var rest = all.Except(found.Count > 0 ? found : at).ToList();
            // After all were spoken of, none of them is the other.
            if (rest.Count == 0 && all.Count > 1) Add([.. all]);
            else if (said.Others || rest.Count <= 1) Add([.. rest]);
            else Add(Before(at.Count > 0 ? at.Min() : photos.Count) is { Length: > 0 } before ? before : [.. rest]);
        }

        if (found.Count + missing.Count == 0 && said.Count > photos.Count)
        {
            found.AddRange(all);
            missing.AddRange(Enumerable.Range(photos.Count + 1, said.Count - photos.Count));
        }

        // "The first, or both?" leaves none out.
        if (found.Count > 0 && said.Plural is PhotoPlural.All && said.Count == 0) found.AddRange(all);
        return ([.. found.Distinct().Order()], [.. missing.Distinct().Order()], noOther);

        void Add(int[] numbers)
        {
            found.AddRange(numbers);
            noOther |= numbers.Length == 0;
        }

        int[] Before(int number) => number > 1 ? [number - 1] : [];
    }

    // "Compare it with the first photo": the other is that which is spoken of, else the one before it.
    private static int? Partner(SentPhotos photos, List<int> all, int named)
    {
        var spoken = photos.Fresh.Count > 0 ? photos.Fresh : photos.Spoken;
        if (spoken.Where(n => n != named).Select(n => (int?)n).LastOrDefault() is { } other) return other;
        return all.Where(n => n < named).Select(n => (int?)n).Max();
    }

    private static IReadOnlyList<int>? Several(QuestionMeaning meaning, SentPhotos photos, List<int> all)
    {
        if (all.Count < 2) return null;
        var said = meaning.Photos;
        if (said.Plural is PhotoPlural.None && !meaning.Asks(Intent.ComparePhotos)) return null;
        var at = photos.Sent.Count > 1 ? photos.Sent : photos.Spoken;
        if (said.Plural is PhotoPlural.These || said.Count == 2) return at.Count > 1 ? at : all;
        return all;
    }
}
