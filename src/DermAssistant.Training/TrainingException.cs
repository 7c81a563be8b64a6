namespace DermAssistant.Training;

/// <summary>Training cannot start or go on: data, folder or native library.</summary>
public sealed class TrainingException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
