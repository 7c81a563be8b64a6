namespace DermAssistant.Training;

/// <summary>A part of the training at one image size; small images first cost little and teach most.</summary>
/// <param name="ImageSize">Side in pixels, a multiple of 32.</param>
public sealed record TrainingStage(int ImageSize, int Epochs);

/// <summary>The number type in which the image tower computes; weights and sums are float32 in both.</summary>
public enum TrainingPrecision
{
    Float32,

    /// <summary>Two to three times as fast on processors with bfloat16 instructions (AVX-512 BF16, AMX), far slower on others.</summary>
    BFloat16,
}

/// <summary>How a pair of towers is trained.</summary>
public sealed record TrainingOptions
{
    public IReadOnlyList<TrainingStage> Stages { get; init; } = [new(96, 40), new(128, 60), new(160, 16)];

    /// <summary>Images a step.</summary>
    public int Batch { get; init; } = 64;

    public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    public int Seed { get; init; } = 1;

    /// <summary>Peak of the one-cycle schedule: three epochs of warm-up, then a cosine to a hundredth.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Of weight matrices only; biases, norms and positions do not decay.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Decay a step of the averaged weights, the ones that are kept.</summary>
    public double AverageDecay { get; init; } = 0.997;

    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Float32;

    /// <summary>How strongly rare labels are drawn more often: a label's share of an epoch is its share of the photos to this power.</summary>
    public double LabelBalance { get; init; } = 0.6;

    /// <summary>Share of the steps whose photos are mixed in pairs; those steps learn no captions.</summary>
    public double Mixed { get; init; } = 0.5;

    /// <summary>0 for no augmentation to 1 for full.</summary>
    public double Augmentation { get; init; } = 1;

    public NetworkShape Shape { get; init; } = new();

    /// <summary>Time between checkpoints.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(2);

    internal int Epochs => Stages.Sum(s => s.Epochs);

    internal int ImageSize => Stages[^1].ImageSize;

    internal int ImageSizeAt(int epoch)
    {
        foreach (var stage in Stages)
        {
            if (epoch < stage.Epochs) return stage.ImageSize;
            epoch -= stage.Epochs;
        }

        return ImageSize;
    }

    /// <exception cref="TrainingException">An option is out of range.</exception>
    internal void Validate()
    {
        if (Stages.Count == 0 || Stages.Any(s => s.Epochs < 1 || s.ImageSize < 32 || s.ImageSize % 32 != 0))
            throw new TrainingException("A training stage needs an image size that is a multiple of 32 and at least one epoch.", "Give stages such as 96x36,128x18 (size x epochs).");
        if (Threads < 1 || Batch < 2)
            throw new TrainingException($"A batch of {Batch} on {Threads} threads cannot be trained on.", "Give at least one thread and a batch of at least two images.");
        if (LearningRate <= 0 || WeightDecay < 0 || AverageDecay is < 0 or >= 1 || Augmentation is < 0 or > 1)
            throw new TrainingException("Learning rate, weight decay, average decay or augmentation is out of range.", "Learning rate > 0, weight decay >= 0, average decay in [0, 1), augmentation in [0, 1].");
        if (LabelBalance is <= 0 or > 1 || Mixed is < 0 or > 1)
            throw new TrainingException("Label balance or the share of mixed steps is out of range.", "Label balance in (0, 1], mixed steps in [0, 1].");
        if (Shape.Width < 8 || Shape.Width % 8 != 0)
            throw new TrainingException($"An image tower {Shape.Width} wide cannot be pooled by heads of 64.", "Give a width that is a multiple of 8.");
    }
}
