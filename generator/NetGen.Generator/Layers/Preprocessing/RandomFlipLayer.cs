namespace NetGen.Generator;

/// <summary>In training, half of the images are mirrored: left and right, top and bottom, or both at once; in inference nothing happens.</summary>
internal sealed class RandomFlipLayer : Layer
{
    private static readonly string[] Modes = ["Horizontal", "Vertical", "HorizontalAndVertical"];

    public override string Kind => "RandomFlip";

    public override IReadOnlyList<string> Arguments => ["Mode", "Seed", "DataFormat"];

    public override Value Build(LayerContext context)
    {
        Value x = ResizingLayer.ReadImages(context);
        string mode = context.Enum("Mode", "FlipMode", Modes, "HorizontalAndVertical");
        if (!context.Training)
        {
            return context.X;
        }

        // As in Keras one number decides of both axes.
        Expr isFlipped = Expr.Call("LessOrEqual", context.NextUniform(), 0.5);
        Value step = Augmentation.PerSample(context, Expr.Call("Where", isFlipped, -1, 1));
        int[] axes = mode switch { "Horizontal" => [2], "Vertical" => [1], _ => [2, 1] };
        foreach (int axis in axes)
        {
            int size = (int)x.Shape[axis].Constant;
            Value origin = Augmentation.PerSample(context, Expr.Call("Where", isFlipped, size - 1, 0));
            x = context.Graph.Add(new SampleAxis(axis, size, IsLinear: false, Extension.Zeros), x, origin, step);
        }

        return DataFormat.WriteMaps(context, x);
    }
}
