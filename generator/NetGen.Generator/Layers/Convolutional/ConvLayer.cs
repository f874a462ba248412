namespace NetGen.Generator;

/// <summary>Y = activation(X convolved with kernel + bias), channels last or first; the kernel is (size..., channels / groups, filters).</summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
internal sealed class ConvLayer(string kind, int rank) : Layer
{
    private static readonly string[] Paddings = ["Valid", "Same"];

    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments =>
    [
        "Filters", "KernelSize", "Strides", "Padding", "DataFormat", "DilationRate", "Groups", "Activation", "UseBias",
        "KernelInitializer", "KernelRegularizer", "KernelConstraint",
        "BiasInitializer", "BiasRegularizer", "BiasConstraint",
    ];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        if (context.X.Shape.Rank != rank + 2)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes an input of rank {rank + 2} with the batch, not {context.X.Shape}.");
        }

        bool isFirst = DataFormat.IsChannelsFirst(context);
        Value x = isFirst ? g.Add(new Transpose(new[] { 0 }.Concat(Enumerable.Range(2, rank)).Append(1).ToEquatableArray()), context.X) : context.X;
        long filters = context.Integer("Filters", least: 1, most: int.MaxValue);
        int[] kernel = Ints("KernelSize", null);
        int[] strides = Ints("Strides", 1);
        int[] dilations = Ints("DilationRate", 1);
        long groups = context.Integer("Groups", 1, least: 1, most: int.MaxValue);
        if (!x.Shape.Last.IsConstant || x.Shape.Last.Constant % groups != 0 || filters % groups != 0)
        {
            throw context.Fail("NG0012", "Groups", $"Groups of {context.Place} is {groups}, which must divide the {x.Shape.Last} channels of {x.Shape} and the {filters} filters.");
        }

        if (strides.Any(s => s > 1) && dilations.Any(d => d > 1))
        {
            throw context.Fail("NG0012", "DilationRate", $"{context.Place} cannot have both strides {string.Join(" ", strides)} and dilations {string.Join(" ", dilations)} above 1.");
        }

        ConvGeometry geometry = this.Geometry(context, x.Shape, kernel, strides, dilations, (int)groups);
        Shape shape = Shape.Of(kernel.Select(k => (Dim)k).Append(x.Shape.Last.Constant / groups).Append(filters));
        Value y = g.Add(new Conv(geometry), x, context.Parameter("kernel", shape, "GlorotUniform()", "Kernel"));
        if (context.Boolean("UseBias", true))
        {
            y = g.Add(new Map(Expr.In(0) + Expr.In(1)), y, context.Parameter("bias", Shape.Of(filters), "Zeros()", "Bias"));
        }

        if (isFirst)
        {
            y = g.Add(new Transpose(new[] { 0, rank + 1 }.Concat(Enumerable.Range(1, rank)).ToEquatableArray()), y);
        }

        return context.Activate(y);

        int[] Ints(string argument, int? fallback) =>
            [.. context.Integers(argument, rank, fallback is null ? null : [.. Enumerable.Repeat((long)fallback, rank)], least: 1, most: 1 << 20).Select(v => (int)v)];
    }

    /// <summary>Same gives ceil(input / stride) outputs, with the odd zero behind, as TensorFlow and Keras pad.</summary>
    private ConvGeometry Geometry(LayerContext context, Shape x, int[] kernel, int[] strides, int[] dilations, int groups)
    {
        (int[] before, int[] after) = (new int[rank], new int[rank]);
        if (context.Enum("Padding", Paddings, "Valid") == "Same")
        {
            for (int i = 0; i < rank; i++)
            {
                long extent = (dilations[i] * (kernel[i] - 1L)) + 1;
                Dim size = x[i + 1];
                if (!size.IsConstant && strides[i] > 1)
                {
                    throw context.Fail("NG0012", "Padding", $"Padding.Same of {context.Place} with a stride of {strides[i]} needs a constant size; axis {i + 1} of {x} is known only at run time.");
                }

                long total = size.IsConstant ? Math.Max((((size.Constant + strides[i] - 1) / strides[i] - 1) * strides[i]) + extent - size.Constant, 0) : extent - 1;
                before[i] = checked((int)(total / 2));
                after[i] = checked((int)(total - (total / 2)));
            }
        }

        return new ConvGeometry(strides.ToEquatableArray(), before.ToEquatableArray(), after.ToEquatableArray(), dilations.ToEquatableArray(), groups);
    }
}
