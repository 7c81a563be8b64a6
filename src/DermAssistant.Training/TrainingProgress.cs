namespace DermAssistant.Training;

/// <summary>Where a training stands.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean of the steps since the last report.</param>
/// <param name="Accuracy">Share of the augmented training views whose label is the most probable one, prior included, since the last report.</param>
/// <param name="Remaining">Estimated from the work done in this run.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, int Step, int Steps, int ImageSize, double Loss, double Accuracy, double ImagesPerSecond, TimeSpan Remaining);
