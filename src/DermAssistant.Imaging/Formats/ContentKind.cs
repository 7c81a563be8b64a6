namespace DermAssistant.Imaging.Formats;

/// <summary>What a file is by its content.</summary>
/// <param name="Name">With its article, for people: "a PDF document".</param>
/// <param name="Format">The photo format, or null for anything the gate never decodes.</param>
/// <param name="Remedy">What to do with a file of this kind that the gate does not take.</param>
internal sealed record ContentKind(string Name, PhotoFormat? Format, string Remedy)
{
    private const string Resave = "Open it in any picture viewer and save it as JPEG or PNG.";

    public static ContentKind Jpeg { get; } = new("a JPEG picture", PhotoFormat.Jpeg, Resave);

    public static ContentKind Png { get; } = new("a PNG picture", PhotoFormat.Png, Resave);

    public static ContentKind WebP { get; } = new("a WebP picture", PhotoFormat.WebP, Resave);

    public static ContentKind Gif { get; } = new("a GIF picture", PhotoFormat.Gif, Resave);

    public static ContentKind Bmp { get; } = new("a BMP picture", PhotoFormat.Bmp, Resave);

    public static ContentKind Heic { get; } = new("a HEIC picture", PhotoFormat.Heic,
        "Save it as JPEG: on an iPhone choose Settings > Camera > Formats > Most Compatible, or share the photo by mail, which converts it.");

    public static ContentKind Avif { get; } = new("an AVIF picture", PhotoFormat.Avif, Resave);

    public static ContentKind Tiff { get; } = new("a TIFF picture", PhotoFormat.Tiff, Resave);

    public static ContentKind Raw { get; } = new("a camera raw file", null, "Export it from the camera's software as JPEG.");

    public static ContentKind Pdf { get; } = new("a PDF document", null, "Save the photo in it as JPEG or PNG (export the page as a picture) and send that.");

    public static ContentKind JpegXl { get; } = new("a JPEG XL picture", null, Resave);

    public static ContentKind Jpeg2000 { get; } = new("a JPEG 2000 picture", null, Resave);

    public static ContentKind Photoshop { get; } = new("a Photoshop file", null, "Export it as JPEG or PNG.");

    public static ContentKind Svg { get; } = new("an SVG drawing", null, "A drawing cannot be read; send a photo as JPEG or PNG.");

    public static ContentKind Icon { get; } = new("an icon", null, "Send the original photo as JPEG or PNG.");

    public static ContentKind Dicom { get; } = new("a DICOM file", null, "Export the picture from the DICOM viewer as JPEG or PNG without patient data.");

    public static ContentKind Video { get; } = new("a video", null, "Save one sharp frame of it as JPEG or PNG.");

    public static ContentKind Archive { get; } = new("a ZIP archive or Office document", null, "Unpack it, or save the picture in it as JPEG or PNG, and send the photo itself.");

    public static ContentKind WebPage { get; } = new("a web page", null, "Save the picture itself (right click, Save image as) and send that.");

    public static ContentKind Text { get; } = new("a text file", null, "Send a photo as JPEG or PNG.");

    public static ContentKind Unknown { get; } = new("no picture of a known format", null, "Send a photo as JPEG, PNG, WebP, GIF or BMP.");
}
