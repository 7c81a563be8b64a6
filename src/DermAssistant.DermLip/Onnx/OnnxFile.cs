using DermAssistant.DermLip.Onnx;
using Google.Protobuf;

namespace DermAssistant.DermLip;

/// <summary>Reads and writes ONNX graphs whose weights lie in a file beside them.</summary>
internal static class OnnxFile
{
    /// <summary>Says where the bytes of a tensor lie.</summary>
    public static void PointTo(TensorProto tensor, string fileName, long offset, long bytes)
    {
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Clear();
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = fileName });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset.ToString() });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = bytes.ToString() });
    }

    public static void Write(ModelProto model, string path)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        model.WriteTo(stream);
    }

    public static ModelProto Read(string path)
    {
        using var stream = File.OpenRead(path);
        return ModelProto.Parser.ParseFrom(stream);
    }
}
