namespace NetGen.Generator;

/// <summary>
/// In training, each image at other places along its height and its width: shifted at random by parts of them, positive down and to the right, or zoomed around its middle, positive out; in
/// inference nothing happens.
/// </summary>
/// <param name="kind">Keras's name.</param>
/// <param name="isZoom">Whether the factors zoom.</param>
internal sealed class RandomPlacementLayer(string kind, bool isZoom) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => ["HeightFactor", "WidthFactor", .. Surroundings.Arguments];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Value x = ResizingLayer.ReadImages(context);
        (double Lower, double Upper) height = Augmentation.Factor(context, "HeightFactor", -1, 1);

        // A zoom of one factor keeps the proportions.
        (double Lower, double Upper)? width = isZoom && !context.Has("WidthFactor") ? null : Augmentation.Factor(context, "WidthFactor", -1, 1);
        Surroundings around = Surroundings.Read(context);
        if (!context.Training)
        {
            return context.X;
        }

        Value? zoom = null;
        return DataFormat.WriteMaps(context, around.Around(g, x, y => Along(Along(y, 1, height), 2, width)));

        Value Along(Value y, int axis, (double Lower, double Upper)? limits)
        {
            int size = (int)y.Shape[axis].Constant;
            if (limits is { } given)
            {
                UniformExpr uniform = context.NextUniform();
                zoom = Augmentation.PerSample(context, isZoom ? Augmentation.Between(uniform, 1 + given.Lower, 1 + given.Upper) : Augmentation.Between(uniform, -given.Lower * size, -given.Upper * size));
            }

            // The place of element i is z i + (1 - z) (size - 1) / 2, or i less the shift.
            (Value origin, Value step) = isZoom ? (g.Add(new Map((1 - Expr.In(0)) * ((size - 1) / 2.0)), zoom!), zoom!) : (zoom!, Augmentation.PerSample(context, 1));
            return g.Add(new SampleAxis(axis, size, around.IsLinear, around.Outside), y, origin, step);
        }
    }
}
