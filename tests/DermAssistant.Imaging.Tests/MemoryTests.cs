namespace DermAssistant.Imaging.Tests;

/// <summary>Runs by itself, since it measures the memory of the whole process.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public class MemoryTests
{
    [Fact]
    public void A_photo_holds_its_pixels_once_and_not_the_file()
    {
        var pixels = new byte[2000 * 1500 * 3];
        Array.Fill<byte>(pixels, 170);
        var jpeg = new RgbImage(2000, 1500, pixels).EncodeJpeg();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var photo = new PhotoGate().Admit(jpeg, "a.jpg").Photo!;
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(held, 2000 * 1500 * 4, 2000 * 1500 * 4 + 3_000_000);
        GC.KeepAlive(photo);
    }
}
