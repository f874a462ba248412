using NetGen.Importing;
using DataType = NetGen.Onnx.Proto.TensorProto.Types.DataType;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>What operators mean in cases that ONNX's own do not have, as ONNX Runtime understands it.</summary>
public sealed class OperatorTests
{
    [Theory]
    [InlineData("3,2", "1,1", "1,1", "0,0,0,0", 0, 0)]
    [InlineData("3,2", "2,1", "1,1", "1,0,1,1", 0, 0)]
    [InlineData("2,2", "2,2", "2,1", "0,0,0,0", 1, 0)]
    [InlineData("3,3", "2,2", "1,1", "0,0,0,0", 0, 1)]
    [InlineData("1,1", "2,2", "1,1", "0,0,0,0", 0, 0)]
    public void Places_of_maxima(string kernel, string strides, string dilations, string pads, long order, long ceil)
    {
        HandBuilt model = new(12, batch: null);

        // Whole numbers, so that many are alike.
        string x = model.Node("Round", [model.Input("x", 1, 3, 7, 6)]);
        string[] y = model.Nodes(
            "MaxPool", [x], 2, ("kernel_shape", Numbers(kernel)), ("strides", Numbers(strides)), ("dilations", Numbers(dilations)), ("pads", Numbers(pads)), ("storage_order", order), ("ceil_mode", ceil));
        long[] sizes = [.. Enumerable.Range(0, 2).Select(i => Size(i))];
        model.Output(y[0], 1, 3, sizes[0], sizes[1]);
        model.Output(y[1], DataType.Int64, 1, 3, sizes[0], sizes[1]);
        model.Check();

        long Size(int i)
        {
            long over = (i == 0 ? 7 : 6) + Numbers(pads)[i] + Numbers(pads)[i + 2] - ((Numbers(kernel)[i] - 1) * Numbers(dilations)[i]) - 1, stride = Numbers(strides)[i];
            return (ceil == 1 ? (over + stride - 1) / stride : over / stride) + 1;
        }

        static long[] Numbers(string text) => [.. text.Split(',').Select(n => long.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];
    }

    [Fact]
    public void Places_of_maxima_in_a_batch_are_refused()
    {
        HandBuilt model = new(12);
        string[] y = model.Nodes("MaxPool", [model.Input("x", 3, 2, 4, 4)], 2, ("kernel_shape", new long[] { 2, 2 }));
        model.Output(y[0], 3, 2, 3, 3);
        model.Output(y[1], DataType.Int64, 3, 2, 3, 3);
        ImportException e = Assert.Throws<ImportException>(() => model.Check());
        Assert.Contains("the places of its maxima", e.Message, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The constant has axes of size 1 in front of all that the input has.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_product_with_a_constant_of_more_axes(bool hasBatch)
    {
        HandBuilt model = hasBatch ? new(12) : new(12, batch: null);
        string w = model.Node("Unsqueeze", [model.Constant(1, -2, 3, 0.5, -1, 2)], ("axes", new long[] { 0, 1, 3 }));
        model.Output(model.Node("MatMul", [model.Input("x", 3, 2, 6), w]), 1, 3, 2, 1);
        model.Check();
    }

    [Theory]
    [InlineData("linear", "half_pixel", 1.5, 2)]
    [InlineData("nearest", "asymmetric", 1, 2)]
    [InlineData("linear", "align_corners", 1, 0.5)]
    [InlineData("cubic", "half_pixel", 1, 2.5)]
    public void A_matrix_is_resized(string mode, string coordinates, double first, double second)
    {
        HandBuilt model = new(13, batch: null);
        double[] scales = [first, second];
        string nearest = mode == "nearest" ? "floor" : "round_prefer_floor";
        string y = model.Node("Resize", [model.Input("x", 4, 6), "", model.Constant(scales)], ("mode", mode), ("coordinate_transformation_mode", coordinates), ("nearest_mode", nearest));
        model.Output(y, (long)(4 * first), (long)(6 * second));
        model.Check();
    }

    /// <summary>ONNX Runtime takes the channels last where the outermost and the innermost scale are 1.</summary>
    [Fact]
    public void Other_axes_of_a_tensor_are_resized()
    {
        HandBuilt model = new(13);
        string y = model.Node("Resize", [model.Input("x", 3, 2, 5, 6), "", model.Constant(1, 2, 1.6, 1)], ("mode", "linear"));
        model.Output(y, 3, 4, 8, 6);
        ImportedNetwork network = model.Check();
        Assert.Single(network.NetworkSource.Elements, e => e.Kind == "Ops.Resize");
    }
}
