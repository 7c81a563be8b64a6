namespace DermAssistant.Evaluation.Tests;

/// <summary>Classified photos of every kind, ties included, from a seed.</summary>
internal static class RandomPhotos
{
    public static IReadOnlyList<ClassifiedPhoto> Make(int seed, int count, int classes)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(index => Make(random, index, classes))];
    }

    private static ClassifiedPhoto Make(Random random, int index, int classes)
    {
        // Few distinct weights, so that equal probabilities are frequent.
        var weights = Enumerable.Range(0, classes).Select(_ => (double)random.Next(1, 6)).ToArray();
        var probabilities = weights.Select(weight => weight / weights.Sum()).ToArray();
        var set = Enumerable.Range(0, classes).Where(_ => random.Next(2) == 0).ToArray();
        return new ClassifiedPhoto($"{index:000}.jpg", random.Next(classes), probabilities, random.Next(classes), set);
    }
}
