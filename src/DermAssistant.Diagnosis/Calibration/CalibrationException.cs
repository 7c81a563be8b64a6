namespace DermAssistant.Diagnosis;

/// <summary>The photos given do not allow a calibration.</summary>
public sealed class CalibrationException(string message, string hint) : Exception(message)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
