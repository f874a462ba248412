using NetGen.Keras;
using NetGen.Tests.Keras;

namespace NetGen.Tests.Fuzzing;

/// <summary>Keras's HDF5 files, of both forms.</summary>
internal sealed class HdfFormat : FuzzFormat
{
    public override string Name => "HDF5";

    public override string Extension => ".h5";

    public override int ShortRun => 500;

    /// <summary>PureHDF takes an array of the size that the file says before it reads into it, which then fails; steps are counted by <see cref="GuardedStream"/>.</summary>
    public override long MostBytes => int.MaxValue + (64L << 20);

    public override byte[][] Words { get; } = [.. new[] { "SNOD", "TREE", "HEAP", "OHDR", "OCHK", "BTHD", "FRHP", "GCOL", "layer_names", "weight_names", "vars", "0" }.Select(w => w.Select(c => (byte)c).ToArray())];

    public override byte[][] Corpus()
    {
        List<KerasLayerWeights> maps = KerasWriter.Layers(new MapKinds(seed: 2));
        return [KerasWriter.Legacy(maps, KerasWriter.Configuration(maps), isFixed: false), KerasWriter.Legacy(maps, isGrouped: false), KerasWriter.Weights(maps, hasNames: true)];
    }

    public override Func<string, int, string> CreateReader() => (path, _) =>
    {
        using KerasFile file = KerasFile.Open(path);
        KerasVariable[] variables = [.. file.Scopes.SelectMany(s => s.Variables)];
        foreach (KerasVariable variable in variables) variable.Tensor.Read(path);
        return $"{variables.Length} variables";
    };
}
