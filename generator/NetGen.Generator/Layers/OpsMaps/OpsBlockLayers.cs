namespace NetGen.Generator;

/// <summary>The channels of an element as a block of elements.</summary>
internal sealed class OpsDepthToSpaceLayer : Layer
{
    private static readonly string[] Modes = ["DCR", "CRD"];

    public override string Kind => "Ops.DepthToSpace";

    public override IReadOnlyList<string> Arguments => ["Blocksize", "Mode"];

    public override Value Build(LayerContext context)
    {
        DataFormat.RequireMaps(context, 2);
        Graph g = context.Graph;
        Shape x = context.X.Shape;
        long size = context.Integer("Blocksize", least: 1, most: 1 << 15);
        Dim channels = x.Last.Divide(size * size)
            ?? throw context.Fail("NG0011", "Blocksize", $"Blocksize of {context.Place} is {size}; the channels of {x} are no multiple of {size * size}.");
        bool isRowFirst = context.Enum("Mode", "DepthToSpaceMode", Modes, "DCR") == "DCR";
        Value blocks = g.Add(new Reshape(x.Slice(0, 3) + (isRowFirst ? Shape.Of(size, size, channels) : Shape.Of(channels, size, size))), context.X);
        Value spread = g.Add(new Transpose(isRowFirst ? EquatableArray.Of(0, 1, 3, 2, 4, 5) : EquatableArray.Of(0, 1, 4, 2, 5, 3)), blocks);
        return g.Add(new Reshape(Shape.Of(x[0], x[1] * size, x[2] * size, channels)), spread);
    }
}

/// <summary>Each block of elements as the channels of one.</summary>
internal sealed class OpsSpaceToDepthLayer : Layer
{
    public override string Kind => "Ops.SpaceToDepth";

    public override IReadOnlyList<string> Arguments => ["Blocksize"];

    public override Value Build(LayerContext context)
    {
        DataFormat.RequireMaps(context, 2);
        Graph g = context.Graph;
        Shape x = context.X.Shape;
        long size = context.Integer("Blocksize", least: 1, most: 1 << 15);
        if ((x[1].Divide(size), x[2].Divide(size)) is not ({ } height, { } width))
        {
            throw context.Fail("NG0011", "Blocksize", $"Blocksize of {context.Place} is {size}; the height and width of {x} are no multiples of it.");
        }

        Value blocks = g.Add(new Reshape(Shape.Of(x[0], height, size, width, size, x.Last)), context.X);
        return g.Add(new Reshape(Shape.Of(x[0], height, width, x.Last * (size * size))), g.Add(new Transpose(EquatableArray.Of(0, 1, 3, 2, 4, 5)), blocks));
    }
}
