namespace DermAssistant.DermLip;

/// <summary>A view of a storage; offset and strides count elements.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, int[] Shape, long[] Strides);
