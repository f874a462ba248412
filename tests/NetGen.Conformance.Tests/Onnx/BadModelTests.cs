using Google.Protobuf;
using NetGen.Importing;
using NetGen.Onnx;
using NetGen.Onnx.Proto;
using DataType = NetGen.Onnx.Proto.TensorProto.Types.DataType;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>Damaged and hostile files: an error that names what and where, and nothing else.</summary>
public sealed class BadModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_truncated_file_is_named()
    {
        byte[] bytes = Dense().ToByteArray();
        Assert.NotNull(Import(bytes));
        for (int length = 0; length < bytes.Length; length++)
        {
            // What is cut between two fields is a whole message, which lacks something.
            Exception e = Assert.ThrowsAny<Exception>(() => Import(bytes[..length]));
            Assert.True(e is ModelFileException or ImportException, $"{length}: {e}");
            Assert.Contains("model.onnx", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_model_at_all()
    {
        Assert.Throws<ModelFileException>(() => Import([0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10]));
        Assert.Throws<ModelFileException>(() => Import([]));
        Assert.Throws<FileNotFoundException>(() => OnnxImporter.Import(Path.Combine(_folder, "missing.onnx")));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(-3)]
    [InlineData(long.MaxValue)]
    public void An_unknown_opset_is_named(long opset)
    {
        ModelProto model = Dense();
        model.OpsetImport[0].Version = opset;
        Assert.Contains($"opset {opset};", Problem(model), StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_of_an_opset_in_which_it_meant_something_else_is_named()
    {
        ModelProto model = Model(Node("Add", ["x", "x"], "y", "sum"));
        model.OpsetImport[0].Version = 5;
        Assert.Contains("'sum' (Add) (opset 5) the operator is known from opset 6 on", Problem(model), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_format_is_named()
    {
        ModelProto model = Dense();
        model.IrVersion = 77;
        Assert.Contains("(ir_version) is 77", Problem(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_that_read_each_other_are_named()
    {
        ModelProto model = Model(Node("Relu", ["c"], "a", "first"), Node("Tanh", ["a"], "b", "second"), Node("Add", ["b", "x"], "c", "third"));
        model.Graph.Output[0].Name = "c";
        string problem = Problem(model);
        Assert.Contains("circle", problem, StringComparison.Ordinal);
        Assert.All(new[] { "'first'", "'second'", "'third'" }, n => Assert.Contains(n, problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Missing_doubled_and_dangling_names_are_all_listed()
    {
        ModelProto model = Model(Node("Relu", ["nowhere"], "a", "lost"), Node("Relu", ["x"], "a", "twice"), Node("Relu", ["x"], "y", "good"));
        model.Graph.Output.Add(new ValueInfoProto { Name = "nobody" });
        ImportException e = Assert.Throws<ImportException>(() => Import(model.ToByteArray()));
        Assert.Equal(3, e.Problems.Count);
        Assert.Contains("'lost' (Relu) reads 'nowhere', which nothing makes", e.Message, StringComparison.Ordinal);
        Assert.Contains("'twice' (Relu) makes 'a', which another node", e.Message, StringComparison.Ordinal);
        Assert.Contains("output 'nobody' is made by no node", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_unsupported_operators_are_listed_with_their_nodes()
    {
        ModelProto model = Model(Node("Det", ["x"], "a", "d1"), Node("Det", ["a"], "b", "d2"), Node("NonZero", ["b"], "y", "n"));
        ImportException e = Assert.Throws<ImportException>(() => Import(model.ToByteArray()));
        Assert.Equal(["The operator Det (opset 13) is not supported: node 'd1', 'd2'.", "The operator NonZero (opset 13) is not supported: node 'n'."], e.Problems);
    }

    [Fact]
    public void Nodes_out_of_order_are_sorted()
    {
        ModelProto model = Model(Node("Tanh", ["a"], "y", "second"), Node("Relu", ["x"], "a", "first"));
        Assert.Equal(["Input", "ReLU", "Tanh"], Import(model.ToByteArray()).NetworkSource.Elements.Select(e => e.Kind));
    }

    [Theory]
    [InlineData(-4L, 3L, "the size -4")]
    [InlineData(1L << 40, 1L << 40, "more than")]
    [InlineData(0L, long.MaxValue, "more than")]
    [InlineData(1L << 20, 1L << 10, "elements")]
    [InlineData(5L, 3L, "'w' has 12 elements where its sizes (5, 3) say 15")]
    public void Hostile_sizes_are_named_before_memory_is_taken(long first, long second, string expected)
    {
        ModelProto model = Dense();
        TensorProto weights = model.Graph.Initializer[0];
        weights.Dims.Clear();
        weights.Dims.Add([first, second]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string problem = Problem(model);
        Assert.Contains("ensor 'w'", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void A_constant_of_a_hostile_shape_is_refused()
    {
        ModelProto model = Model(Node("ConstantOfShape", ["s"], "big", "fill"), Node("Add", ["x", "big"], "y", "sum"));
        model.Graph.Initializer.Add(Tensor("s", DataType.Int64, [3], t => t.Int64Data.Add([1 << 20, 1 << 20, 1 << 20])));
        Assert.Contains("'fill' (ConstantOfShape)", Problem(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_types_are_named()
    {
        ModelProto model = Dense();
        model.Graph.Initializer[0].DataType = (int)DataType.String;
        Assert.Contains("ensor 'w' has the element type STRING", Problem(model), StringComparison.Ordinal);
        model = Model(Node("Relu", ["x"], "y", "r"));
        model.Graph.Input[0].Type = new TypeProto { SequenceType = new TypeProto.Types.Sequence() };
        Assert.Contains("input 'x' is no tensor", Problem(model), StringComparison.Ordinal);
        model = Model(Node("Softmax", ["x"], "y", "s"));
        model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8("one") });
        Assert.Contains("attribute 'axis' is of type String, not Int", Problem(model), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.bin", "within the model's folder")]
    [InlineData("/etc/passwd", "within the model's folder")]
    [InlineData("a/../../secret.bin", "within the model's folder")]
    [InlineData("..\\secret.bin", "within the model's folder")]
    [InlineData("C:\\secret.bin", "within the model's folder")]
    [InlineData("link.bin", "a link")]
    [InlineData("linked/secret.bin", "a link")]
    [InlineData("missing.bin", "not there")]
    [InlineData("", "without a usable location")]
    public void External_data_stays_in_the_models_folder(string location, string expected)
    {
        string outside = Directory.CreateTempSubdirectory("netgen-outside-").FullName;
        try
        {
            string secret = Path.Combine(outside, "secret.bin");
            File.WriteAllBytes(secret, new byte[48]);
            File.CreateSymbolicLink(Path.Combine(_folder, "link.bin"), secret);
            Directory.CreateSymbolicLink(Path.Combine(_folder, "linked"), outside);
            string problem = Problem(External(location, null, null));
            Assert.Contains("ensor 'w'", problem, StringComparison.Ordinal);
            Assert.Contains(expected, problem, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Theory]
    [InlineData("8", null, "has its 48 bytes at 8")]
    [InlineData("0", "40", "has 40 bytes of external data")]
    [InlineData("-8", null, "not a number")]
    [InlineData("9223372036854775807", null, "which has 48")]
    public void External_data_outside_of_its_file_is_named(string? offset, string? length, string expected)
    {
        File.WriteAllBytes(Path.Combine(_folder, "weights.bin"), new byte[48]);
        Assert.Contains(expected, Problem(External("weights.bin", offset, length)), StringComparison.Ordinal);
    }

    [Fact]
    public void External_data_is_read()
    {
        float[] numbers = [.. Enumerable.Range(0, 12).Select(i => i / 8f)];
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        File.WriteAllBytes(Path.Combine(_folder, "data", "weights.bin"), [.. new byte[16], .. System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(numbers)]);
        ImportedNetwork imported = Import(External("data/weights.bin", "16", "48").ToByteArray());
        Assert.Equal(numbers, imported.Tensors.Single().Read());
    }

    [Theory]
    [InlineData((int)DataType.Float16, new byte[] { 0x00, 0x3E }, 1.5)]
    [InlineData((int)DataType.Bfloat16, new byte[] { 0xC0, 0xBF }, -1.5)]
    [InlineData((int)DataType.Double, new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F }, 1.5)]
    [InlineData((int)DataType.Int8, new byte[] { 0xFE }, -2)]
    [InlineData((int)DataType.Uint8, new byte[] { 0xFE }, 254)]
    [InlineData((int)DataType.Int16, new byte[] { 0xFE, 0xFF }, -2)]
    [InlineData((int)DataType.Uint16, new byte[] { 0xFE, 0xFF }, 65534)]
    [InlineData((int)DataType.Int32, new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, -2)]
    [InlineData((int)DataType.Uint32, new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, 4294967294)]
    [InlineData((int)DataType.Int64, new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, -2)]
    [InlineData((int)DataType.Uint64, new byte[] { 5, 0, 0, 0, 0, 0, 0, 0 }, 5)]
    [InlineData((int)DataType.Bool, new byte[] { 7 }, 1)]
    public void Elements_of_every_type_are_read_from_raw_bytes(int type, byte[] raw, double expected)
    {
        OnnxTensor tensor = OnnxTensor.Check(Tensor("t", (DataType)type, [1], t => t.RawData = ByteString.CopyFrom(raw)), null, "");
        Assert.Equal([expected], tensor.ReadDoubles());
        Assert.Equal([(float)expected], tensor.ReadFloats());
    }

    [Fact]
    public void Elements_of_every_type_are_read_from_their_fields()
    {
        Assert.Equal([1.5], Read(DataType.Float, t => t.FloatData.Add(1.5f)));
        Assert.Equal([1.5], Read(DataType.Double, t => t.DoubleData.Add(1.5)));
        Assert.Equal([-2.0], Read(DataType.Int64, t => t.Int64Data.Add(-2)));
        Assert.Equal([4294967294.0], Read(DataType.Uint32, t => t.Uint64Data.Add(4294967294)));
        Assert.Equal([5.0], Read(DataType.Uint64, t => t.Uint64Data.Add(5)));
        Assert.Equal([1.5], Read(DataType.Float16, t => t.Int32Data.Add(0x3E00)));
        Assert.Equal([-1.5], Read(DataType.Bfloat16, t => t.Int32Data.Add(0xBFC0)));
        Assert.Equal([1.0], Read(DataType.Bool, t => t.Int32Data.Add(1)));
        foreach (DataType type in new[] { DataType.Int8, DataType.Int16, DataType.Int32, DataType.Uint8, DataType.Uint16 })
            Assert.Equal([7.0], Read(type, t => t.Int32Data.Add(7)));

        static double[] Read(DataType type, Action<TensorProto> fill) => OnnxTensor.Check(Tensor("t", type, [1], fill), null, "").ReadDoubles();
    }

    [Fact]
    public void An_open_size_that_is_no_time_says_how_to_fix_it()
    {
        ModelProto model = Model(Node("Relu", ["x"], "y", "r"));
        TensorShapeProto shape = model.Graph.Input[0].Type.TensorType.Shape;
        shape.Dim.Clear();
        shape.Dim.Add([new() { DimParam = "N" }, new() { DimValue = 3 }, new() { DimParam = "height" }, new() { DimValue = 5 }]);
        Assert.Contains("OnnxImportOptions.Dimensions: [\"height\"] = 224", Problem(model), StringComparison.Ordinal);
        ImportedNetwork fixedSize = OnnxImporter.Import(Write(model.ToByteArray()), new OnnxImportOptions { Dimensions = new Dictionary<string, int> { ["height"] = 7 } });
        Assert.Contains("[Input(3, 7, 5, Name = \"x\")]", fixedSize.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_of_the_model_are_put_in_place_of_their_calls()
    {
        ModelProto model = Model(Node("Twice", ["x"], "y", "call"));
        model.Graph.Node[0].Domain = "mine";
        FunctionProto twice = new() { Name = "Twice", Domain = "mine" };
        twice.Input.Add("a");
        twice.Output.Add("b");
        twice.Node.Add([Node("Relu", ["a"], "inner", "f"), Node("Tanh", ["inner"], "b", "g")]);
        model.Functions.Add(twice);
        Assert.Equal(["Input", "ReLU", "Tanh"], Import(model.ToByteArray()).NetworkSource.Elements.Select(e => e.Kind));
        twice.Node[0].OpType = "Twice";
        twice.Node[0].Domain = "mine";
        Assert.Contains("calls itself", Problem(model), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, 1)]
    [InlineData(10, 8)]
    [InlineData(40, 10)]
    public void Functions_that_call_each_other_many_times_are_refused(int functions, int calls)
    {
        // Each calls the next one several times, and the last one is empty: nothing would ever be made of 10^16 calls.
        ModelProto model = Model(Node("F0", ["x"], "y", "call"));
        model.Graph.Node[0].Domain = "mine";
        for (int i = 0; i < functions; i++)
        {
            FunctionProto function = new() { Name = $"F{i}", Domain = "mine" };
            function.Input.Add("a");
            for (int k = 0; k < calls && i < functions - 1; k++)
            {
                NodeProto call = Node($"F{i + 1}", ["a"], $"b{k}", new string('n', 5000));
                call.Domain = "mine";
                function.Node.Add(call);
            }

            model.Functions.Add(function);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        string problem = Problem(model);
        Assert.Contains(calls == 1 ? "'y'" : functions > 16 ? "more than 16 deep" : "functions come to more than", problem, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2L << 30);
    }

    [Fact]
    public void Weights_of_another_size_than_their_operators_are_named()
    {
        foreach ((string op, string[] weights) in new[] { ("Conv", new[] { "w", "b" }), ("ConvTranspose", ["w", "b"]), ("InstanceNormalization", ["b", "b"]), ("BatchNormalization", ["b", "b", "b", "b"]) })
        {
            ModelProto model = Model(Node(op, ["x", .. weights], "y", "n"));
            model.Graph.Input[0].Type.TensorType.Shape.Dim.Clear();
            model.Graph.Input[0].Type.TensorType.Shape.Dim.Add([new() { DimParam = "N" }, new() { DimValue = 3 }, new() { DimValue = 8 }, new() { DimValue = 8 }]);
            model.Graph.Initializer.Add(Tensor("w", DataType.Float, [3, 3, 3, 3], t => t.FloatData.Add(new float[81])));
            model.Graph.Initializer.Add(Tensor("b", DataType.Float, [7], t => t.FloatData.Add(new float[7])));
            Assert.Matches("'n'|'n/", Problem(model));
        }
    }

    [Fact]
    public void An_axis_that_is_named_twice_is_refused()
    {
        ModelProto model = Model(Node("ReduceSum", ["x", "axes"], "y", "sum"));
        model.Graph.Initializer.Add(Tensor("axes", DataType.Int64, [2], t => t.Int64Data.Add([1, -1])));
        Assert.Contains("'sum' (ReduceSum) (opset 13) its axes (1, -1) name one twice", Problem(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_that_the_model_does_not_have_is_named()
    {
        OnnxImportOptions options = new() { Dimensions = new Dictionary<string, int> { ["height"] = 7, ["x:1"] = 4 } };
        ImportException e = Assert.Throws<ImportException>(() => OnnxImporter.Import(Write(Dense().ToByteArray()), options));
        Assert.Contains("'height', which is no size", Assert.Single(e.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1st", "")]
    [InlineData("class", "")]
    [InlineData("A B", "")]
    [InlineData("", "")]
    [InlineData("Good", "a..b")]
    [InlineData("Good", "a.9")]
    [InlineData("Good", "a.void")]
    public void Names_that_are_none_of_CSharp_are_refused(string name, string space)
    {
        OnnxImportOptions options = new() { ClassName = name, Namespace = space };
        Assert.Throws<ArgumentException>(() => OnnxImporter.Import(Write(Dense().ToByteArray()), options));
    }

    [Theory]
    [InlineData(-7)]
    [InlineData(2_000_000_000)]
    public void A_size_that_contradicts_the_weights_is_named(long size)
    {
        ModelProto model = Model(Node("Reshape", ["x", "s"], "t", "steps"), Node("LSTM", ["t", "w", "r"], "y", "cell"));
        model.Graph.Initializer.Add(Tensor("s", DataType.Int64, [3], t => t.Int64Data.Add([1, -1, 4])));
        model.Graph.Initializer.Add(Tensor("w", DataType.Float, [1, 8, 4], t => t.FloatData.Add(new float[32])));
        model.Graph.Initializer.Add(Tensor("r", DataType.Float, [1, 8, 2], t => t.FloatData.Add(new float[16])));
        model.Graph.Node[1].Attribute.Add(new AttributeProto { Name = "hidden_size", I = size, Type = AttributeProto.Types.AttributeType.Int });
        Assert.Contains($"its hidden_size is {size} where its weights (1, 8, 2) say 2", Problem(model), StringComparison.Ordinal);
        model.Graph.Node[1].Attribute[0].I = 2;
        Assert.NotNull(Import(model.ToByteArray()));
    }

    [Fact]
    public void Products_of_products_are_looked_through_once()
    {
        // Each is the product of the one before with itself: as a tree of factors the last has 2 to the 1000th.
        ModelProto model = Model([.. Enumerable.Range(0, 1000).Select(i => Node("Mul", i == 0 ? ["x", "x"] : [$"t{i}", $"t{i}"], i == 999 ? "y" : $"t{i + 1}", $"n{i}"))]);
        byte[] bytes = model.ToByteArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotNull(Import(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200L << 20);
    }

    [Fact]
    public void What_does_not_fit_is_not_told_in_the_words_of_NET()
    {
        string problem = Problem(Model(Node("Concat", [], "y", "none")));
        Assert.Contains("'none' (Concat)", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("Index", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", problem, StringComparison.Ordinal);
    }

    private static ModelProto Model(params NodeProto[] nodes)
    {
        ModelProto model = new() { IrVersion = 8, Graph = new GraphProto { Name = "g" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 13 });
        TensorShapeProto shape = new();
        shape.Dim.Add([new() { DimParam = "N" }, new() { DimValue = 4 }]);
        model.Graph.Input.Add(new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = shape } } });
        model.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        model.Graph.Node.Add(nodes);
        return model;
    }

    private static ModelProto Dense()
    {
        ModelProto model = Model(Node("MatMul", ["x", "w"], "y", "product"));
        model.Graph.Initializer.Add(Tensor("w", DataType.Float, [4, 3], t => t.FloatData.Add(Enumerable.Range(0, 12).Select(i => (float)i))));
        return model;
    }

    private static ModelProto External(string location, string? offset, string? length)
    {
        ModelProto model = Dense();
        TensorProto tensor = model.Graph.Initializer[0];
        tensor.FloatData.Clear();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        if (offset is not null)
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset });
        if (length is not null)
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = length });
        return model;
    }

    private static NodeProto Node(string op, string[] inputs, string output, string name)
    {
        NodeProto node = new() { OpType = op, Name = name };
        node.Input.Add(inputs);
        node.Output.Add(output);
        return node;
    }

    private static TensorProto Tensor(string name, DataType type, long[] dims, Action<TensorProto> fill)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)type };
        tensor.Dims.Add(dims);
        fill(tensor);
        return tensor;
    }

    private string Problem(ModelProto model) => Assert.Single(Assert.Throws<ImportException>(() => Import(model.ToByteArray())).Problems);

    private ImportedNetwork Import(byte[] bytes) => OnnxImporter.Import(Write(bytes));

    private string Write(byte[] bytes)
    {
        string path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
