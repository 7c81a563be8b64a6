namespace DermAssistant.Diagnosis;

/// <summary>Centres with a shared covariance, packed as base64 of little-endian float32.</summary>
/// <param name="Count">Number of centres.</param>
/// <param name="Centres">[Count, Dimension].</param>
/// <param name="Whitening">The inverse of the Cholesky factor of the covariance: its lower triangle, row by row.</param>
public sealed record GaussianStatistics(int Count, int Dimension, string Centres, string Whitening);
