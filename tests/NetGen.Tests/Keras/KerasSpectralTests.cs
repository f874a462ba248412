using NetGen.Keras;
using PureHDF;

namespace NetGen.Tests.Keras;

/// <summary>A kernel that a SpectralNormalization of Keras is around.</summary>
[Network(Training = false)]
[Input(4), Dense(3, SpectralNormalization = 1, Name = "sn"), Dense(2, Name = "end")]
internal partial class Normalized;

/// <summary>Weights of a SpectralNormalization, which counts the kernel of its layer among its own.</summary>
public sealed class KerasSpectralTests
{
    private static readonly float[] Kernel = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], Bias = [0.1f, 0.2f, 0.3f], Vector = [0.5f, -0.5f, 0.25f], EndKernel = [1, -1, 2, -2, 3, -3], EndBias = [7, 8];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_Keras_3(bool hasNames)
    {
        H5File file = [];
        file.Add("vars", new H5Group());
        Place(file, "layers/spectral_normalization/vars/0", Kernel, 4, 3);
        Place(file, "layers/spectral_normalization/vars/1", Vector, 1, 3);
        Place(file, "layers/spectral_normalization/layer/vars/0", Kernel, 4, 3);
        Place(file, "layers/spectral_normalization/layer/vars/1", Bias, 3);
        Place(file, "layers/dense/vars/0", EndKernel, 3, 2);
        Place(file, "layers/dense/vars/1", EndBias, 2);
        if (hasNames)
        {
            KerasWriter.Group(file, "layers/spectral_normalization/vars").Attributes["name"] = "sn";
            KerasWriter.Group(file, "layers/dense/vars").Attributes["name"] = "end";
        }

        const string configuration = """
            {"class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "InputLayer", "config": {"batch_shape": [null, 4], "name": "in"}},
              {"class_name": "SpectralNormalization", "config": {"name": "sn", "power_iterations": 1, "layer": {"class_name": "Dense", "config": {"name": "dense", "units": 3}}}},
              {"class_name": "Dense", "config": {"name": "end", "units": 2}}]}}
            """;
        byte[] weights = KerasWriter.Bytes(file);
        Check(hasNames ? weights : KerasWriter.Archive(configuration, weights));
        using TemporaryFolder folder = new();
        string path = folder["model.keras"];
        File.WriteAllBytes(path, KerasWriter.Archive(configuration, weights));
        string saved = folder["model.safetensors"];
        KerasImporter.Import(path).SaveWeights(saved);
        Normalized model = new(seed: 1);
        model.LoadWeights(saved);
        Assert.Equal(Vector, model.GetWeights("sn/vector_u"));
        Assert.Equal(Bias, model.GetWeights("sn/bias"));
    }

    [Theory]
    [InlineData("sn/dense/")]
    [InlineData("sn/")]
    public void Of_the_older_form(string inner)
    {
        H5File file = [];
        KerasWriter.SetTexts(file, "layer_names", ["sn", "end"], int.MaxValue);
        Place(file, $"sn/{inner}kernel:0", Kernel, 4, 3);
        Place(file, $"sn/{inner}bias:0", Bias, 3);
        Place(file, "sn/sn/vector_u:0", Vector, 1, 3);
        KerasWriter.SetTexts(KerasWriter.Group(file, "sn"), "weight_names", [$"{inner}kernel:0", $"{inner}bias:0", "sn/vector_u:0"], int.MaxValue);
        Place(file, "end/end/kernel:0", EndKernel, 3, 2);
        Place(file, "end/end/bias:0", EndBias, 2);
        KerasWriter.SetTexts(KerasWriter.Group(file, "end"), "weight_names", ["end/kernel:0", "end/bias:0"], int.MaxValue);
        Check(KerasWriter.Bytes(file, new H5WriteOptions(DefaultStringLength: 120)));
    }

    private static void Check(byte[] bytes)
    {
        using TemporaryFolder folder = new();
        string path = folder["file"];
        File.WriteAllBytes(path, bytes);
        Normalized model = new(seed: 1);
        model.LoadKerasWeights(path);
        Assert.Equal(Kernel, model.GetWeights("sn/kernel"));
        Assert.Equal(Bias, model.GetWeights("sn/bias"));
        Assert.Equal(Vector, model.GetWeights("sn/vector_u"));
        Assert.Equal(EndKernel, model.GetWeights("end/kernel"));
    }

    private static void Place(H5File file, string path, float[] values, params ulong[] shape) => KerasWriter.Place(file, path, new H5Dataset(values, fileDims: shape));
}
