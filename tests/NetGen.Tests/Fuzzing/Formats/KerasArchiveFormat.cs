using System.IO.Compression;
using System.Text;
using NetGen.Importing;
using NetGen.Tests.Keras;

namespace NetGen.Tests.Fuzzing;

/// <summary>Keras's <c>.keras</c> files, whole models: the archive is damaged, the configuration in it, or the weights.</summary>
internal sealed class KerasArchiveFormat : FuzzFormat
{
    public override string Name => "keras";

    public override string Extension => ".keras";

    public override int ShortRun => 400;

    public override long MostBytes => int.MaxValue + (128L << 20);

    public override byte[][] Words { get; } =
    [
        .. new[]
        {
            "\"", "{", "}", "[", "]", ",", ":", "0", "-1", "1e99", "2147483647", "null", "true", "Dense", "Sequential", "Functional", "Conv2D", "LSTM", "\"units\": 3", "\"strides\": [0, 1]",
            "\"batch_shape\": [null, 3]", "\"class_name\"", "\"config\"", "config.json", "model.weights.h5", "../", "[[[[[[[[", "relu", "\\u0000",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private const string Maps = """
        {"class_name": "Sequential", "config": {"name": "maps", "layers": [
          {"class_name": "InputLayer", "config": {"batch_shape": [null, 6, 6, 2], "name": "x"}},
          {"class_name": "Conv2D", "config": {"name": "conv", "filters": 3, "kernel_size": [3, 3], "strides": [1, 1], "padding": "valid", "activation": "relu", "kernel_regularizer": {"class_name": "L2", "config": {"l2": 0.01}}}},
          {"class_name": "BatchNormalization", "config": {"name": "bn", "axis": [3], "momentum": 0.9}},
          {"class_name": "MaxPooling2D", "config": {"name": "pool", "pool_size": [2, 2], "strides": [2, 2]}},
          {"class_name": "Flatten", "config": {"name": "flat"}},
          {"class_name": "Dropout", "config": {"name": "drop", "rate": 0.25}},
          {"class_name": "Dense", "config": {"name": "dense", "units": 2, "activation": "softmax"}}]}}
        """;

    private const string Steps = """
        {"class_name": "Functional", "config": {"name": "steps", "layers": [
          {"class_name": "InputLayer", "name": "x", "config": {"batch_shape": [null, null, 4], "name": "x"}, "inbound_nodes": []},
          {"class_name": "LSTM", "name": "lstm", "config": {"name": "lstm", "units": 3, "return_sequences": true}, "inbound_nodes": [[["x", 0, 0, {}]]]},
          {"class_name": "Dense", "name": "a", "config": {"name": "a", "units": 2}, "inbound_nodes": [[["lstm", 0, 0, {}]]]},
          {"class_name": "Dense", "name": "b", "config": {"name": "b", "units": 2}, "inbound_nodes": [[["lstm", 0, 0, {}]]]},
          {"class_name": "Add", "name": "sum", "config": {"name": "sum"}, "inbound_nodes": [[["a", 0, 0, {}], ["b", 0, 0, {}]]]}
        ], "input_layers": [["x", 0, 0]], "output_layers": [["sum", 0, 0]]}}
        """;

    public override byte[][] Corpus() =>
    [
        KerasWriter.Archive(Maps, KerasWriter.Weights(
        [
            Layer("conv", "Conv2D", ("kernel", [3, 3, 2, 3]), ("bias", [3])),
            Layer("bn", "BatchNormalization", ("gamma", [3]), ("beta", [3]), ("moving_mean", [3]), ("moving_variance", [3])),
            Layer("dense", "Dense", ("kernel", [12, 2]), ("bias", [2])),
        ])),
        KerasWriter.Archive(Steps, KerasWriter.Weights(
        [
            Layer("lstm", "LSTM", ("kernel", [4, 12]), ("recurrent_kernel", [3, 12]), ("bias", [12])),
            Layer("a", "Dense", ("kernel", [3, 2]), ("bias", [2])),
            Layer("b", "Dense", ("kernel", [3, 2]), ("bias", [2])),
        ])),
    ];

    public override byte[] Damage(byte[] file, Mutator mutator)
    {
        int where = mutator.Random.Next(6);
        if (where == 0) return base.Damage(file, mutator);
        try
        {
            MemoryStream damaged = new();
            using (ZipArchive from = new(new MemoryStream(file)))
            using (ZipArchive to = new(damaged, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (ZipArchiveEntry entry in from.Entries)
                {
                    MemoryStream content = new();
                    using (Stream stream = entry.Open()) stream.CopyTo(content);
                    bool isWeights = entry.Name.EndsWith(".h5", StringComparison.Ordinal);
                    using Stream copy = to.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                    copy.Write(isWeights == (where == 1) ? mutator.Damage(content.ToArray(), Words) : content.ToArray());
                }
            }

            return damaged.ToArray();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return base.Damage(file, mutator);
        }
    }

    public override Func<string, int, string> CreateReader() => (path, _) =>
    {
        ImportedNetwork network = KerasImporter.Import(path);
        network.SaveWeights(path + ".safetensors");
        return $"{network.Source.Split('\n').Length} lines";
    };

    public override bool IsRefusal(Exception exception, string path) => base.IsRefusal(exception, path) || (exception is ImportException && exception.Message.Contains(path, StringComparison.Ordinal));

    private static KerasLayerWeights Layer(string name, string kind, params (string Name, int[] Shape)[] weights) =>
        new(name, kind, [.. weights.Select(w => new KerasWeight("", w.Name, w.Shape, [.. Enumerable.Range(1, w.Shape.Aggregate(1, (a, b) => a * b)).Select(i => i / 8f)]))]);
}
