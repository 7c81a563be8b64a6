using DermAssistant.Training;

namespace DermAssistant.Tests;

/// <summary>A fact that needs TorchSharp's native library; skipped, saying why, where it does not load.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute() => Skip = TrainingRun.IsAvailable(out var why) ? null : why;
}
