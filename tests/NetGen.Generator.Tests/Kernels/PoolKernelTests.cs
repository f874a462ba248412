namespace NetGen.Generator.Tests;

/// <summary>Poolings and their gradients over odd maps, channels, windows and strides, against the ops in double, and on several threads.</summary>
public sealed class PoolKernelTests
{
    /// <summary>Height, width, channels; the window; strides; places before and behind.</summary>
    private static readonly (int[] Map, int[] Size, int[] Strides, int[] Before, int[] After)[] Shapes =
    [
        ([1, 1, 1], [1, 1], [1, 1], [0, 0], [0, 0]),
        ([1, 1, 17], [3, 3], [1, 1], [1, 1], [1, 1]),
        ([8, 6, 16], [2, 2], [2, 2], [0, 0], [0, 0]),
        ([7, 9, 33], [3, 3], [2, 2], [1, 1], [1, 1]),
        ([7, 9, 5], [3, 3], [2, 2], [0, 0], [0, 0]),
        ([6, 5, 32], [2, 3], [3, 3], [0, 0], [0, 1]),
        ([5, 4, 3], [2, 2], [1, 1], [0, 0], [1, 1]),
        ([9, 2, 20], [5, 2], [1, 1], [2, 0], [2, 1]),
        ([10, 11, 8], [4, 4], [3, 2], [0, 0], [0, 0]),
        ([4, 13, 47], [1, 7], [1, 3], [0, 2], [0, 1]),
        ([13, 3, 64], [6, 1], [1, 1], [0, 0], [0, 0]),
    ];

    /// <summary>Elements that stand apart, and zeros that count.</summary>
    private static readonly (PoolGeometry Geometry, Shape X)[] Further =
    [
        (Geometry([2, 2], [1, 1], [0, 0], [0, 0]) with { Dilations = EquatableArray.Of(2, 3) }, Shape.Of(Dim.Batch, 7, 9, 17)),
        (Geometry([3, 2], [2, 1], [2, 1], [2, 2]) with { Dilations = EquatableArray.Of(2, 2) }, Shape.Of(Dim.Batch, 8, 5, 3)),
        (Geometry([2, 2], [1, 2], [1, 2], [3, 1]) with { Dilations = EquatableArray.Of(4, 3) }, Shape.Of(Dim.Batch, 5, 7, 33)),
        (Geometry([1, 4], [5, 2], [0, 2], [0, 2]) with { Dilations = EquatableArray.Of(3, 2) }, Shape.Of(Dim.Batch, 11, 6, 8)),
        (Geometry([3, 3], [1, 1], [1, 1], [1, 1]) with { CountsPads = true }, Shape.Of(Dim.Batch, 6, 7, 35)),
        (Geometry([2, 2], [2, 2], [1, 1], [0, 1]) with { CountsPads = true }, Shape.Of(Dim.Batch, 5, 4, 1)),
    ];

    private static readonly string[] Tapes =
    [
        "[Input(9, 7, 3), Conv2D(17, 3, Padding = Padding.Same, Activation = Activation.ReLU), MaxPooling2D(3, Strides = 2, Padding = Padding.Same), Conv2D(8, 3, Padding = Padding.Same), AveragePooling2D(2), Flatten, Dense(3)]",
        "[Input(8, 8, 1), Conv2D(6, 3), MaxPooling2D, Conv2D(5, 2), AveragePooling2D(2, Strides = 1, Padding = Padding.Same), GlobalAveragePooling2D, Dense(2, Activation = Activation.Softmax)]",
        "[Input(11, 4), Dense(9), MaxPooling1D(4, Strides = 2), Dense(5), AveragePooling1D(3, Strides = 2, Padding = Padding.Same), GlobalMaxPooling1D]",
        "[Input(Dim.Any, 4), Dense(9), MaxPooling1D(2, Strides = 1), Dense(5), AveragePooling1D(2, Strides = 1, Padding = Padding.Same), GlobalAveragePooling1D]",
        "[Input(7, 6, 5), Conv2D(9, 3, Activation = Activation.ReLU), Ops.MaxPool(3, 2, Strides = 2, Pads = 1, CeilMode = true), Ops.AveragePool(3, 3, Pads = 1, CountIncludePad = true), Dense(2)]",
        "[Input(5, 6, 4, 3), Dense(9), Ops.MaxPool(2, 3, 2, Pads = new[] { 1, 0, 0, 0, 1, 1 }), Dense(5), Ops.AveragePool(3, 2, 2, Strides = new[] { 2, 1, 1 }, Pads = 1, CountIncludePad = true)]",
        "[Input(Dim.Any, 4), Dense(5), Ops.MaxPool(3, Pads = 1, Strides = 2), Dense(3), Ops.AveragePool(3, Pads = new[] { 2, 0 }, CountIncludePad = true), Ops.AveragePool(2, Pads = 1)]",
        "[Input(4, 9, 7), Dense(7), MaxPooling2D(3, DataFormat = DataFormat.ChannelsFirst), GlobalMaxPooling2D(DataFormat = DataFormat.ChannelsFirst)]",
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() =>
    {
        EmittedBatch batch = new();
        foreach ((int[] map, int[] size, int[] strides, int[] before, int[] after) in Shapes)
        {
            PoolGeometry geometry = Geometry(size, strides, before, after);
            Shape x = Shape.Of(Dim.Batch, map[0], map[1], map[2]);
            Shape y = geometry.OutputShape(x);
            batch.Add($"max {geometry} of {x}", Apply(new MaxPool(geometry), x));
            batch.Add($"chosen {geometry} of {x}", Apply(new MaxPool(geometry), x, x));
            batch.Add($"max gradient {geometry} of {x}", Apply(new MaxPoolGradient(geometry), x, y));
            batch.Add($"average {geometry} of {x}", Apply(new AveragePool(geometry), x));
            batch.Add($"average gradient {geometry} of {x}", Apply(new AveragePoolGradient(geometry, x), y));
        }

        foreach ((PoolGeometry geometry, Shape x) in Further)
        {
            Shape y = geometry.OutputShape(x);
            batch.Add($"max {geometry} of {x}", Apply(new MaxPool(geometry), x));
            batch.Add($"max gradient {geometry} of {x}", Apply(new MaxPoolGradient(geometry), x, y));
            batch.Add($"average {geometry} of {x}", Apply(new AveragePool(geometry), x));
            batch.Add($"average gradient {geometry} of {x}", Apply(new AveragePoolGradient(geometry, x), y));
        }

        foreach (string tape in Tapes)
        {
            batch.Add(tape);
        }

        return batch.Compile();
    });

    public static TheoryData<int> Ops => [.. Enumerable.Range(0, OpCount)];

    public static TheoryData<int> Nets => [.. Enumerable.Range(OpCount, Tapes.Length)];

    private static int OpCount => (5 * Shapes.Length) + (4 * Further.Length);

    [Theory]
    [MemberData(nameof(Ops))]
    public void Agrees_with_the_op(int index)
    {
        foreach (int samples in new[] { 1, 2, 5 })
        {
            NetCheck.Inference(Batch.Value.Nets[index], new NetData(samples), NetCheck.Op);

            // Of equal numbers the first counts.
            NetCheck.Inference(Batch.Value.Nets[index], new NetData(samples) { Make = (value, i) => value.Slot == 0 ? i * 7 % 5 / 4.0 : null }, NetCheck.Op);
        }
    }

    [Theory]
    [MemberData(nameof(Nets))]
    public void Networks_agree_with_the_interpreter(int index)
    {
        foreach (int samples in new[] { 1, 3, 8 })
        {
            NetCheck.Inference(Batch.Value.Nets[index], new NetData(samples), NetCheck.Net);
            NetCheck.Training(Batch.Value.Nets[index], new NetData(samples), NetCheck.Net);
        }
    }

    [Theory]
    [MemberData(nameof(Nets))]
    public void Threads_do_not_change_a_bit(int index)
    {
        foreach (int samples in new[] { 1, 2, 5 })
        {
            NetCheck.Parts(Batch.Value.Nets[index], new NetData(samples));
        }
    }

    [Fact]
    public void Bad_values_are_not_hidden()
    {
        EmittedNet net = Batch.Value.Nets[10];
        NetRun run = NetRun.Infer(net, new NetData(1) { Make = (_, i) => i is 3 or 200 ? double.NaN : null });
        double[] y = NetCheck.Doubles(run.Outputs[0]);
        Assert.True(double.IsNaN(y[3]));
        Assert.Equal(2, y.Count(double.IsNaN));
    }

    [Fact]
    public void The_compiler_says_nothing() => Assert.Empty(Batch.Value.Diagnostics);

    private static PoolGeometry Geometry(int[] size, int[] strides, int[] before, int[] after) =>
        new(size.ToEquatableArray(), strides.ToEquatableArray(), before.ToEquatableArray(), after.ToEquatableArray());

    private static Graph Apply(Op op, params Shape[] inputs)
    {
        Graph g = new();
        Value y = g.Add(op, [.. inputs.Select((s, i) => g.Input("x" + i, TensorType.Float(s)))]);
        g.Outputs.Add(new GraphOutput("y", y));
        return g;
    }
}
