using NetGen.Tests.Keras;
using NetGen.Tests.Serialization;

namespace NetGen.Tests.Tool;

/// <summary>The commands as they are typed: what they write, and how they end.</summary>
public sealed class ToolTests : IDisposable
{
    private const string Fashion =
        """
        using NetGen;

        [Network]
        [Input(8, 8, 1, Name = "image"), Conv2D(4, 3, Name = "conv"), ReLU, GlobalAveragePooling2D, Dense(3, Name = "head")]
        public partial class Fashion;

        [Network]
        [Input(2), Dense(1)]
        public partial class Tiny;
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("import")]
    [InlineData("summary")]
    [InlineData("plot")]
    [InlineData("inspect")]
    [InlineData("convert")]
    public void Help_ends_with_examples(string command)
    {
        (int code, string output, _) = Run(command, "--help");
        Assert.Equal(0, code);
        Assert.Contains($"  dotnet netgen {command} ", output[output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 all went well, 1 ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_understood_ends_with_2()
    {
        string keras = Keras(), onnx = Onnx();
        Misunderstood("", "--help");
        Misunderstood("Unrecognized command", "bring", onnx);
        Misunderstood("'MODEL' missing", "import");
        Misunderstood("'OUTPUT' missing", "convert", keras);
        Misunderstood("Unrecognized command or argument", "inspect", keras, onnx);
        Misunderstood("'1st' is no name of a class", "import", onnx, "--class", "1st");
        Misunderstood("'class' is no name of a class", "import", keras, "--class", "class");
        Misunderstood("'../Mine' is no name of a class", "import", onnx, "--class", "../Mine");
        Misunderstood("'my app' is no name of a namespace", "import", onnx, "--namespace", "my app");
        Misunderstood("'Nets.int' is no name of a namespace", "import", keras, "--namespace", "Nets.int");
        Misunderstood("not 'height'", "import", onnx, "--dimension", "height");
        Misunderstood("not 'height=0'", "import", onnx, "--dimension", "height=0");
        Misunderstood("not 'starts=one'", "import", onnx, "--constant", "starts=one");
        Misunderstood("not 'image=3,x'", "import", keras, "--input-shape", "image=3,x");
        Misunderstood("--input-shape is for models of Keras", "import", onnx, "--input-shape", "image=3");
        foreach (string[] option in new string[][] { ["--batch", "first"], ["--dimension", "n=3"], ["--constant", "a=1"], ["--keep-layout"], ["--stream"] })
        {
            Misunderstood($"{option[0]} is for ONNX models", ["import", keras, .. option]);
        }

        Misunderstood("cannot both go to", "import", onnx, "--source", folder["one.cs"], "--weights", folder["one.cs"]);
        Misunderstood("ends in .safetensors or .h5", "convert", keras, folder["weights.npz"]);
        Misunderstood("Keras expects another form", "convert", keras, folder["all.weights.h5"]);
        Assert.Equal(["model.h5", "model.onnx"], Directory.EnumerateFileSystemEntries(folder.FullName).Select(Path.GetFileName).Order());

        void Misunderstood(string problem, params string[] arguments)
        {
            (int code, string output, string error) = Run(problem.Length == 0 ? [] : arguments);
            Assert.Equal(2, code);
            Assert.Equal("", output);
            Assert.Contains(problem.Length == 0 ? arguments[0] : problem, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_wrong_with_a_file_ends_with_1()
    {
        File.WriteAllText(folder["no model.txt"], "no model");
        File.WriteAllText(folder["Fashion.cs"], Fashion);
        File.WriteAllText(folder["Wrong.cs"], "using NetGen; [Network, Input(4), Conv2D(3, 3)] public partial class Wrong;");
        foreach (string command in new[] { "import", "summary", "plot", "inspect" })
        {
            Fails("missing.onnx", command, folder["missing.onnx"]);
            Fails("no model.txt", command, folder["no model.txt"]);
        }

        Assert.Equal(0, Run("convert", Keras(), folder["weights.safetensors"]).Code);
        foreach (string command in new[] { "import", "summary", "plot" })
        {
            Fails("weights alone", command, folder["weights.safetensors"]);
        }

        Fails("is a folder", "import", folder.FullName);
        Fails("is a folder", "inspect", folder.FullName);
        Fails("missing.h5", "convert", folder["missing.h5"], folder["out.safetensors"]);
        Fails("does not exist", "convert", Keras(), folder["nowhere/out.safetensors"]);
        Fails("'3' names no layer", "convert", Onnx(), folder["out.h5"]);
        Fails("no network 'Dress', but Fashion, Tiny", "summary", folder["Fashion.cs"], "--class", "Dress");
        Fails("several networks: Fashion, Tiny. --class", "plot", folder["Fashion.cs"]);
        Fails("NG0", "summary", folder["Wrong.cs"]);
        Fails("names 'nosuch', which is no size of an input", "import", Onnx(), "--dimension", "nosuch=3");
        Fails("names 'nosuch', which is no input", "import", Keras(), "--input-shape", "nosuch=3");

        void Fails(string problem, params string[] arguments)
        {
            (int code, _, string error) = Run(arguments);
            Assert.Equal(1, code);
            Assert.Contains(problem, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_model_is_imported_and_its_files_are_kept()
    {
        string[] command = ["import", Onnx(), "--output", folder["Models"], "--class", "Net", "--namespace", "My.App", "--inference-only"];
        (int code, string output, _) = Run(command);
        Assert.Equal(0, code);
        Assert.Contains(folder["Models/Net.cs"], output, StringComparison.Ordinal);
        Assert.Contains("transposes left: 0", output, StringComparison.Ordinal);
        string text = File.ReadAllText(folder["Models/Net.cs"]);
        Assert.Contains("namespace My.App;\n", text, StringComparison.Ordinal);
        Assert.Contains("[Network(Training = false)]\n[Input(4, Name = \"1\")]\n[Dense(2, UseBias = false, Name = \"y\")]\npublic partial class Net;", text, StringComparison.Ordinal);
        using (SafetensorsReader weights = new(folder["Models/Net.safetensors"]))
        {
            Assert.Equal(["y/kernel"], weights.Tensors.Select(t => t.Name));
        }

        File.WriteAllText(folder["Models/Net.cs"], "mine");
        (code, _, string error) = Run(command);
        Assert.Equal(1, code);
        Assert.Contains("--force", error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder["Models/Net.cs"]));
        Assert.Equal(0, Run([.. command, "--force"]).Code);
        Assert.Equal(text, File.ReadAllText(folder["Models/Net.cs"]));
    }

    [Fact]
    public void A_model_of_Keras_is_imported_with_the_sizes_that_are_given()
    {
        (int code, _, _) = Run("import", Keras(), "--output", folder.FullName, "--class", "Net", "--inference-only", "--input-shape", "image=5,7,1");
        Assert.Equal(0, code);
        string text = File.ReadAllText(folder["Net.cs"]);
        Assert.Contains("[Network(Training = false)]\n[Input(5, 7, 1, Name = \"image\")]\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_in_source_are_summarised_and_drawn()
    {
        Directory.CreateDirectory(folder["obj"]);
        File.WriteAllText(folder["Fashion.cs"], Fashion);
        File.WriteAllText(folder["obj/Made.cs"], Fashion);
        (int code, string output, _) = Run("summary", folder.FullName, "--class", "Fashion");
        Assert.Equal(0, code);
        string head = Assert.Single(output.Split('\n'), l => l.Contains("head (Dense)", StringComparison.Ordinal));
        Assert.Matches(@"\(n, 3\)\D+15\D+12\b", head);
        Assert.Contains("Parameters: 55 (220 bytes), of which 0 do not train", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Tiny", output, StringComparison.Ordinal);

        Assert.Equal(0, Run("plot", folder["Fashion.cs"], "--class", "Fashion", "--output", folder["fashion.svg"]).Code);
        System.Xml.Linq.XDocument picture = System.Xml.Linq.XDocument.Load(folder["fashion.svg"]);
        string[] boxes = [.. picture.Descendants().Where(e => e.Name.LocalName == "title").Select(e => e.Value.Split(':')[0])];
        Assert.Equal(["image", "conv", "re_lu", "global_average_pooling2d", "head"], boxes);
        Assert.Equal(4, picture.Descendants().Count(e => e.Name.LocalName == "path" && e.Attribute("marker-end") is not null));
    }

    [Fact]
    public void Weights_go_through_both_forms_unchanged()
    {
        string keras = Keras();
        Assert.Equal(0, Run("convert", keras, folder["a.safetensors"]).Code);
        Assert.Equal(0, Run("convert", folder["a.safetensors"], folder["b.h5"]).Code);
        Assert.Equal(1, Run("convert", folder["b.h5"], folder["a.safetensors"]).Code);
        byte[] first = File.ReadAllBytes(folder["a.safetensors"]);
        Assert.Equal(0, Run("convert", folder["b.h5"], folder["a.safetensors"], "--force").Code);
        Assert.Equal(first, File.ReadAllBytes(folder["a.safetensors"]));

        (int code, string output, _) = Run("inspect", folder["b.h5"], "--statistics");
        Assert.Equal(0, code);
        string line = Assert.Single(output.Split('\n'), l => l.Contains("conv/kernel", StringComparison.Ordinal));
        Assert.Matches(@"\(3, 3, 1, 2\).*Float32\D+18\D+0\.5\D+9\D+17\.5\D+0\b", line);
    }

    [Fact]
    public void Inputs_and_outputs_of_a_model_are_told_with_their_sizes()
    {
        (int code, string output, _) = Run("inspect", Onnx());
        Assert.Equal(0, code);
        Assert.Contains("1 (n, 4)", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_in_blocks_keep_their_names_in_both_forms()
    {
        File.WriteAllBytes(folder["a.safetensors"], new MemoryStore().Add("base/conv/kernel", [2, 3], new float[6]).Add("base/conv/forward/bias", [3], new float[3]).Add("base_head/bias", [1], new float[1]).ToBytes());
        Assert.Equal(0, Run("convert", folder["a.safetensors"], folder["b.h5"]).Code);
        Assert.Equal(0, Run("convert", folder["b.h5"], folder["c.safetensors"]).Code);
        using SafetensorsReader read = new(folder["c.safetensors"]);
        Assert.Equal(["base/conv/forward/bias", "base/conv/kernel", "base_head/bias"], read.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    private string Keras()
    {
        const string Configuration =
            """
            {"class_name": "Sequential", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "config": {"batch_input_shape": [null, null, null, 1], "dtype": "float32", "name": "image"}},
              {"class_name": "Conv2D", "config": {"name": "conv", "filters": 2, "kernel_size": [3, 3], "padding": "same", "use_bias": false}}]}}
            """;
        KerasWeight kernel = new("", "kernel", [3, 3, 1, 2], [.. Enumerable.Range(0, 18).Select(i => i + 0.5f)]);
        File.WriteAllBytes(folder["model.h5"], KerasWriter.Legacy([new KerasLayerWeights("conv", "Conv2D", [kernel])], Configuration, isFixed: false));
        return folder["model.h5"];
    }

    /// <summary>A product, as an ONNX file's bytes say it: names that are numbers are allowed there.</summary>
    private string Onnx()
    {
        NetGen.Onnx.Proto.ModelProto model = new() { IrVersion = 8, Graph = new NetGen.Onnx.Proto.GraphProto { Name = "g" } };
        model.OpsetImport.Add(new NetGen.Onnx.Proto.OperatorSetIdProto { Version = 13 });
        NetGen.Onnx.Proto.TensorShapeProto shape = new();
        shape.Dim.Add([new() { DimParam = "n" }, new() { DimValue = 4 }]);
        model.Graph.Input.Add(new NetGen.Onnx.Proto.ValueInfoProto { Name = "1", Type = new() { TensorType = new() { ElemType = 1, Shape = shape } } });
        model.Graph.Output.Add(new NetGen.Onnx.Proto.ValueInfoProto { Name = "y" });
        NetGen.Onnx.Proto.TensorProto weights = new() { Name = "3", DataType = 1 };
        weights.Dims.Add([4L, 2L]);
        weights.FloatData.Add(Enumerable.Range(0, 8).Select(i => (float)i));
        model.Graph.Initializer.Add(weights);
        NetGen.Onnx.Proto.NodeProto product = new() { OpType = "MatMul" };
        product.Input.Add(["1", "3"]);
        product.Output.Add("y");
        model.Graph.Node.Add(product);
        File.WriteAllBytes(folder["model.onnx"], Google.Protobuf.MessageExtensions.ToByteArray(model));
        return folder["model.onnx"];
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = NetGen.Tool.Program.Run(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
