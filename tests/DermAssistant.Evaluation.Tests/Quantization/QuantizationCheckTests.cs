using DermAssistant.Cases;
using DermAssistant.DermLip;
using DermAssistant.Imaging;

namespace DermAssistant.Evaluation.Tests;

public sealed class QuantizationCheckTests : IDisposable
{
    private readonly ColourPack _pack = new();

    public QuantizationCheckTests()
    {
        for (var i = 0; i < 4; i++)
            for (var diagnosis = 0; diagnosis < 3; diagnosis++)
                _pack.Photo($"{diagnosis}-{i}.bmp", diagnosis);
    }

    public void Dispose() => _pack.Dispose();

    private ClassificationRequest Labelled => new(
        _pack.Photos, _pack.Table($"id,dx\n{string.Join('\n', Enumerable.Range(0, 12).Select(i => $"{i / 4}-{i % 4},{ColourPack.Diagnoses[i / 4]}"))}\n"), "id", "dx");

    private QuantizationAgreement Compare(ModelPack rough, ClassificationRequest? labelled) =>
        new QuantizationCheck(new PhotoGate(), ColourPack.Ontology, ColourPack.Prompts).Compare(_pack.Pack, rough, Directory.GetFiles(_pack.Photos), labelled);

    [Fact]
    public void Packs_that_say_the_same_agree_and_shift_nothing()
    {
        var agreement = Compare(_pack.Pack, Labelled);

        Assert.Equal((3, 1.0), (agreement.Labels, agreement.Top1Agreement));
        Assert.Equal((12, 3, 1.0, 0.0), (agreement.Auroc!.Photos, agreement.Auroc.Classes, agreement.Auroc.Float32, agreement.Auroc.Shift));
    }

    [Fact]
    public void A_pack_that_mistakes_colours_agrees_on_the_third_one_and_loses_area()
    {
        var agreement = Compare(_pack.ColourBlind, Labelled);

        Assert.Equal(4 / 12.0, agreement.Top1Agreement, 12);
        Assert.True(agreement.Auroc!.Shift < -0.3, $"{agreement.Auroc.Shift}");
    }

    [Fact]
    public void Without_diagnoses_there_is_no_area() => Assert.Null(Compare(_pack.ColourBlind, null).Auroc);

    [Fact]
    public void A_table_without_a_photo_is_refused() =>
        Assert.Throws<TableException>(() => Compare(_pack.Pack, new ClassificationRequest(_pack.Photos, _pack.Table("id,dx\nnowhere,melanoma\n"), "id", "dx")));
}
