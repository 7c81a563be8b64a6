namespace DermAssistant.Diagnosis;

/// <summary>How many prompts of a pack are embedded.</summary>
public sealed record PromptProgress(int Done, int Total, TimeSpan Remaining);

/// <summary>Settings of a <see cref="PhotoReader"/>.</summary>
public sealed record PhotoReaderOptions
{
    /// <summary>Where embeddings of prompts are kept between runs; null keeps them in memory only.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Told now and then how far the embeddings of prompts are, where computing them takes more than moments.</summary>
    public IProgress<PromptProgress>? Progress { get; init; }

    /// <summary>Entries of a differential below this probability are left out, the first <see cref="FewestEntries"/> excepted.</summary>
    public double LeastProbability { get; init; } = 0.0005;

    public int FewestEntries { get; init; } = 10;
}
