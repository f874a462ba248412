namespace NetGen.Generator;

/// <summary>
/// In training, each image turned around its middle by a random part of a circle, positive against the clock; in inference nothing happens. The places of all elements are computed, and rows
/// of the flattened image gathered from there: the nearest, or the four around a place by their distances.
/// </summary>
internal sealed class RandomRotationLayer : Layer
{
    /// <summary>Places are whole numbers in Float32.</summary>
    private const long MostElements = 1 << 24;

    public override string Kind => "RandomRotation";

    public override IReadOnlyList<string> Arguments => ["Factor", .. Surroundings.Arguments];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Value x = ResizingLayer.ReadImages(context);
        (double lower, double upper) = Augmentation.Factor(context, "Factor", -1, 1);
        Surroundings around = Surroundings.Read(context);
        (long h, long w) = (x.Shape[1].Constant, x.Shape[2].Constant);
        if (h * w > MostElements)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes images of up to {MostElements} pixels, not {h} x {w} of {context.X.Shape}.");
        }

        if (!context.Training)
        {
            return context.X;
        }

        Value angle = g.Add(new Map(Augmentation.Between(context.NextUniform(), lower * 2 * Math.PI, upper * 2 * Math.PI), Shape.Of(x.Shape[0], 1, 1)));
        Value[] inputs = [g.Add(new Map(Expr.Call("Cos", Expr.In(0))), angle), g.Add(new Map(Expr.Call("Sin", Expr.In(0))), angle), FromMiddle(h, Shape.Of(h, 1)), FromMiddle(w, Shape.Of(w))];

        // Keras's matrix (cos, -sin; sin, cos) of x and y, around the middle.
        Value row = g.Add(new Map((Expr.In(1) * Expr.In(3)) + (Expr.In(0) * Expr.In(2)) + ((h - 1) / 2.0)), inputs);
        Value column = g.Add(new Map((Expr.In(0) * Expr.In(3)) - (Expr.In(1) * Expr.In(2)) + ((w - 1) / 2.0)), inputs);
        return DataFormat.WriteMaps(context, around.Around(g, x, y => Gathered(g, y, row, column, around)));

        Value FromMiddle(long size, Shape shape) => g.Constant(shape, Enumerable.Range(0, (int)size).Select(i => i - ((size - 1) / 2.0)));
    }

    /// <summary>X (batch, height, width, channels) at the places (batch, height, width).</summary>
    private static Value Gathered(Graph g, Value x, Value row, Value column, Surroundings around)
    {
        (Dim n, long h, long w, Dim channels) = (x.Shape[0], x.Shape[1].Constant, x.Shape[2].Constant, x.Shape[3]);
        Value flat = g.Add(new Reshape(Shape.Of(n, h * w, channels)), x);
        List<Value> parts = [];
        Expr sum = 0;
        foreach ((int down, int right) in around.IsLinear ? new[] { (0, 0), (0, 1), (1, 0), (1, 1) } : [(0, 0)])
        {
            (Expr i, Expr rowShare) = Neighbour(Expr.In(0), down, around.IsLinear);
            (Expr j, Expr columnShare) = Neighbour(Expr.In(1), right, around.IsLinear);
            Value places = g.Add(new Map((Place(i, h, around.Outside) * w) + Place(j, w, around.Outside)), row, column);
            Value gathered = g.Add(new GatherAxis(1, IsPerSample: true), flat, g.Add(new Reshape(Shape.Of(n, h * w)), places));
            Expr share = rowShare * columnShare;
            share = around.Outside == Extension.Zeros ? share * Inside(i, h) * Inside(j, w) : share;
            Value shares = g.Add(new Map(share, Shape.Of(n, h, w)), row, column);
            Expr part = Expr.In(parts.Count) * Expr.In(parts.Count + 1);
            sum = parts.Count == 0 ? part : sum + part;
            parts.AddRange([gathered, g.Add(new Reshape(Shape.Of(n, h * w, 1)), shares)]);
        }

        return g.Add(new Reshape(x.Shape), g.Add(new Map(sum), [.. parts]));
    }

    /// <summary>The element at or behind a place and its share, or the nearest one.</summary>
    private static (Expr Index, Expr Share) Neighbour(Expr place, int offset, bool isLinear)
    {
        if (!isLinear)
        {
            return (Expr.Call("Floor", place + 0.5), 1);
        }

        Expr first = Expr.Call("Floor", place), part = place - first;
        return offset == 0 ? (first, 1 - part) : (first + 1, part);
    }

    /// <summary>The place of the element at an index of the extended map, as <see cref="Extensions.Place"/> has it.</summary>
    private static Expr Place(Expr index, long size, Extension outside)
    {
        long period = outside == Extension.Reflect ? 2 * size : size;
        Expr within = index - (Expr.Call("Floor", index / period) * period);
        return outside switch
        {
            Extension.Reflect => Expr.Call("Min", within, period - 1 - within),
            Extension.Wrap => within,
            _ => Expr.Call("Max", 0, Expr.Call("Min", index, size - 1)),
        };
    }

    private static Expr Inside(Expr index, long size) =>
        Expr.Call("Where", Expr.Call("And", Expr.Call("GreaterOrEqual", index, 0), Expr.Call("LessOrEqual", index, size - 1)), 1, 0);
}
