namespace DermAssistant.Diagnosis;

/// <summary>Settings of a <see cref="PhotoReader"/>.</summary>
public sealed record PhotoReaderOptions
{
    /// <summary>Where embeddings of prompts are kept between runs; null keeps them in memory only.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Entries of a differential below this probability are left out, the first <see cref="FewestEntries"/> excepted.</summary>
    public double LeastProbability { get; init; } = 0.0005;

    public int FewestEntries { get; init; } = 10;
}
