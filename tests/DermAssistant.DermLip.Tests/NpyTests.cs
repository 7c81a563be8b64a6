using System.Text;

namespace DermAssistant.DermLip.Tests;

public sealed class NpyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData("{'shape':(2,3),'fortran_order':False,'descr':'<f4'}")]
    [InlineData("{'descr' : '<f4', 'fortran_order' : False, 'shape' : ( 2, 3, ), }  ")]
    public void A_header_is_read_however_it_is_laid_out(string header)
    {
        var (values, shape) = Npy.ReadFloats(File(header, new byte[6 * sizeof(float)]));

        Assert.Equal([2, 3], shape);
        Assert.Equal(new float[6], values);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }")]
    public void Numbers_of_both_widths_are_read_as_single_precision(string header)
    {
        var bytes = header.Contains("<f8", StringComparison.Ordinal)
            ? new[] { 1.0, -2.5, 3.25 }.SelectMany(BitConverter.GetBytes).ToArray()
            : new[] { 1f, -2.5f, 3.25f, 4f, 5f, 6f }.SelectMany(BitConverter.GetBytes).ToArray();

        Assert.Equal([1f, -2.5f, 3.25f], Npy.ReadFloats(File(header, bytes)).Values.Take(3));
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", "Fortran order")]
    [InlineData("{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }", "<i8 instead of float32")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,), }", "no type or shape")]
    [InlineData("{'fortran_order': False, 'shape': (6,), }", "no type or shape")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "(99999999999,)")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-6,), }", "(-6,)")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (7,), }", "6 numbers for the shape")]
    public void What_cannot_be_read_is_named(string header, string named)
    {
        var path = File(header, new byte[6 * sizeof(float)]);

        var error = Assert.Throws<ModelPackException>(() => Npy.ReadFloats(path));

        Assert.Contains(path, error.Message);
        Assert.Contains(named, error.Message);
    }

    private string File(string header, byte[] numbers)
    {
        var text = Encoding.ASCII.GetBytes(header + "\n");
        var path = _folder["numbers.npy"];
        System.IO.File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. numbers]);
        return path;
    }
}
