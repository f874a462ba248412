using System.IO.Compression;
using NetGen.Importing;
using NetGen.Keras;
using PureHDF;

namespace NetGen.Tests.Keras;

/// <summary>Files that are damaged or made to do harm: each is read whole or refused with the exception for bad files, and the network keeps its weights.</summary>
public sealed class KerasHostileTests
{
    [Theory]
    [InlineData("legacy")]
    [InlineData("weights")]
    [InlineData("archive")]
    public void Truncated_at_many_places(string form)
    {
        byte[] whole = Whole(form);
        for (int length = 0; length < whole.Length; length += 1 + (whole.Length / 150))
        {
            Assert.True(Read(whole[..length], out string problem) || problem.Length > 0);
            Assert.NotEqual("", problem);
        }

        Assert.True(Read(whole, out _));
    }

    [Fact]
    public void What_is_no_file_of_Keras_says_what_it_is()
    {
        Refuses([], "not an HDF5 file");
        Refuses("not a model"u8.ToArray(), "not an HDF5 file");
        Refuses(new byte[100_000], "not an HDF5 file");
        Refuses([8, 0, 0, 0, 0, 0, 0, 0, .. "{}      "u8], "safetensors: LoadWeights");
        H5File other = [];
        KerasWriter.Place(other, "measurements/run1", new H5Dataset(new float[3]));
        Refuses(KerasWriter.Bytes(other), "neither 'layer_names' nor a group 'layers'");
        Refuses(KerasWriter.Bytes(other), "measurements");
    }

    [Fact]
    public void A_layer_that_is_named_but_missing()
    {
        H5File file = [];
        file.Attributes["layer_names"] = new[] { "conv", "dense" };
        KerasWriter.Group(file, "conv").Attributes["weight_names"] = new[] { "conv/kernel:0" };
        Refuses(KerasWriter.Bytes(file), "'conv/conv/kernel:0'", "the tensor is missing");
        KerasWriter.Place(file, "conv/conv/kernel:0", new H5Dataset(new float[3]));
        Refuses(KerasWriter.Bytes(file), "'dense'", "its group is missing");
        KerasWriter.Group(file, "dense");
        Refuses(KerasWriter.Bytes(file), "'dense'", "no 'weight_names'");
    }

    [Fact]
    public void Links_are_not_followed()
    {
        // To itself, to a group around it, and to nothing.
        foreach (string target in new[] { "/layers/evil", "/", "/nowhere", "/layers/evil/evil/evil" })
        {
            H5File file = [];
            KerasWriter.Place(file, "layers/dense/vars/0", new H5Dataset(new float[3]));
            KerasWriter.Place(file, "layers/evil", new H5SoftLink(target));
            Refuses(KerasWriter.Bytes(file), "'evil' is a soft link");
        }
    }

    [Fact]
    public void Links_into_other_files_are_not_followed()
    {
        using TemporaryFolder folder = new();
        H5File other = [];
        KerasWriter.Place(other, "secret/vars/0", new H5Dataset(new float[3]));
        File.WriteAllBytes(folder["other.h5"], KerasWriter.Bytes(other));

        // PureHDF writes no such links: a soft one becomes one by its type, and by what an external link has in front of its two texts.
        H5File file = [];
        KerasWriter.Place(file, "layers/dense/vars/0", new H5Dataset(new float[3]));
        KerasWriter.Place(file, "layers/evil", new H5SoftLink("\0" + folder["other.h5"] + "\0/secret\0"));
        byte[] bytes = KerasWriter.Bytes(file);
        int name = bytes.AsSpan().IndexOf("evil"u8);
        int type = Enumerable.Range(2, 12).Select(i => name - i).First(i => bytes[i] == 1 && bytes[i - 2] == 1 && (bytes[i - 1] & 8) != 0);
        bytes[type] = 64;
        Refuses(bytes, "'evil' leads into another file");
    }

    [Fact]
    public void Sizes_that_no_file_holds()
    {
        H5File file = [];
        KerasWriter.Place(file, "layers/dense/vars/0", new H5Dataset(new float[] { 1, 2, 3 }));
        byte[] bytes = KerasWriter.Bytes(file);
        int found = 0;
        for (int i = 0; i + 8 <= bytes.Length; i++)
        {
            // The dimension stands there as itself; whatever else is 3 is changed, too, which makes another damaged file.
            if (BitConverter.ToUInt64(bytes, i) == 3)
            {
                byte[] hostile = [.. bytes];
                BitConverter.TryWriteBytes(hostile.AsSpan(i), 1UL << 40);
                found += !Read(hostile, out string problem) && problem.Contains("elements", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        Assert.True(found > 0);
    }

    [Fact]
    public void Reading_ends_where_a_file_goes_around_in_circles()
    {
        using GuardedStream stream = new(new MemoryStream(new byte[1000]));
        byte[] buffer = new byte[1000];
        int reads = 0;
        InvalidDataException problem = Assert.Throws<InvalidDataException>(() =>
        {
            for (; reads < 10_000_000; reads++)
            {
                stream.Position = 0;
                Assert.Equal(1000, stream.Read(buffer));
            }
        });
        Assert.Contains("in circles", problem.Message, StringComparison.Ordinal);
        Assert.InRange(reads, 10_000, 100_000);

        Assert.Throws<EndOfStreamException>(() => new GuardedStream(new MemoryStream(new byte[1000])) { Position = 999 }.Read(buffer));
        Assert.Throws<EndOfStreamException>(() => stream.Position = 1001);
        Assert.Throws<EndOfStreamException>(() => stream.Position = long.MinValue);
    }

    [Fact]
    public void Archives_that_lead_elsewhere_or_fill_the_disk()
    {
        byte[] weights = Whole("weights");
        string configuration = """{"class_name": "Sequential", "config": {"name": "m", "layers": []}}""";

        // Nothing is written under a name from within, so this one harms nobody.
        Assert.True(Read(KerasWriter.Archive(configuration, weights, ("../../evil.txt", "x"u8.ToArray()), ("/tmp/../evil", "x"u8.ToArray())), out _));
        Assert.False(File.Exists(Path.Combine(Path.GetTempPath(), "..", "evil")));
        Refuses(Zip(("../config.json", "{}"u8.ToArray())), "no 'config.json'", "../config.json");
        Refuses(Zip(("config.json", "{}"u8.ToArray())), "no 'model.weights.h5'");
        Refuses(Zip(("config.json", "{}"u8.ToArray()), ("model.weights.npz", [1])), "NumPy archive");
        Refuses(Zip(("config.json", new byte[200_000_000]), ("model.weights.h5", weights)), "made to fill the disk");
        Refuses(Zip(("config.json", "{}"u8.ToArray()), ("model.weights.h5", new byte[200_000_000])), "made to fill the disk");
        Refuses(Zip(("config.json", [0xFF, 0xFE, 0xC3, 0x28]), ("model.weights.h5", weights)), "UTF-8");
        Refuses(KerasWriter.Archive(configuration, "no weights"u8.ToArray()), "not an HDF5 file");
    }

    [Fact]
    public void Configurations_without_end()
    {
        using TemporaryFolder folder = new();
        string deep = string.Concat(Enumerable.Repeat("""{"class_name": "Sequential", "config": {"name": "m", "layers": [""", 200)) + string.Concat(Enumerable.Repeat("]}}", 200));
        foreach (string configuration in new[] { deep, new string('[', 100_000), "{", "", "null", "3", """{"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "InputLayer", "config": {"batch_input_shape": [null, 4]}}, {"class_name": "Dense", "config": {"units": 2000000000}}]}}""" })
        {
            File.WriteAllBytes(folder["m.keras"], KerasWriter.Archive(configuration, Whole("weights")));
            Exception problem = Assert.ThrowsAny<Exception>(() => KerasImporter.Import(folder["m.keras"]));
            Assert.True(problem is ImportException or ModelFileException, problem.ToString());
        }
    }

    [Fact]
    public void A_network_is_never_loaded_in_part()
    {
        MapKinds network = new(1);
        float[][] before = [.. network.Parameters.Select(p => network.GetWeights(p.Name))];
        byte[] whole = KerasWriter.Legacy(KerasWriter.Layers(new MapKinds(2)));
        using TemporaryFolder folder = new();
        for (int length = whole.Length / 20; length < whole.Length; length += whole.Length / 20)
        {
            File.WriteAllBytes(folder["a.h5"], whole[..length]);
            Assert.Throws<ModelFileException>(() => network.LoadKerasWeights(folder["a.h5"]));
            Assert.All(network.Parameters.Index(), p => Assert.Equal(before[p.Index], network.GetWeights(p.Item.Name)));
        }
    }

    /// <summary>Reads all that a file has, elements among it; false where it is refused as it should be.</summary>
    private static bool Read(byte[] bytes, out string problem)
    {
        problem = "";
        try
        {
            using KerasFile file = KerasFile.Open("file", new MemoryStream(bytes));
            foreach (KerasVariable variable in file.Scopes.SelectMany(s => s.Variables))
            {
                variable.Tensor.Read("file");
            }

            return true;
        }
        catch (ModelFileException e)
        {
            problem = e.Message;
            return false;
        }
    }

    private static void Refuses(byte[] bytes, params string[] parts)
    {
        Assert.False(Read(bytes, out string problem));
        Assert.StartsWith("file", problem, StringComparison.Ordinal);
        Assert.All(parts, p => Assert.Contains(p, problem, StringComparison.Ordinal));
    }

    private static byte[] Whole(string form)
    {
        Random random = new(5);
        KerasLayerWeights[] layers = [.. Enumerable.Range(0, 6).Select(i => new KerasLayerWeights($"dense_{i}", "Dense", [Weight("kernel", 3, 4), Weight("bias", 4)]))];
        KerasWeight Weight(string name, params int[] shape) => new("", name, shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => random.NextSingle())]);
        return form switch
        {
            "legacy" => KerasWriter.Legacy(layers, KerasWriter.Configuration(layers), isFixed: false),
            "weights" => KerasWriter.Weights(layers, hasNames: true),
            _ => KerasWriter.Archive(KerasWriter.Configuration(layers), KerasWriter.Weights(layers)),
        };
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
