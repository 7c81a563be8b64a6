namespace DermAssistant.Imaging;

/// <summary>The encodings the gate recognises by content, whatever the file is called.</summary>
public enum PhotoFormat
{
    Jpeg,
    Png,
    WebP,
    Gif,
    Bmp,
    Heic,
    Avif,
    Tiff,
}
