namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's Resize, channels last: maps (batch, space..., channels) over one to three axes of space at another size.</summary>
    public sealed class ResizeAttribute : LayerAttribute
    {
        /// <summary>The new size of each axis of space. Either these or <see cref="Scales"/> are given.</summary>
        public object? Sizes { get; set; }

        /// <summary>The new size of each axis of space in parts of the old one, rounded down.</summary>
        public object? Scales { get; set; }

        /// <summary>A <see cref="ResizeMode"/>; the nearest unless given.</summary>
        public object? Mode { get; set; }

        /// <summary><see cref="ResizeCoordinates"/>: where a new element lies; half pixels unless given.</summary>
        public object? Coordinates { get; set; }

        /// <summary>A <see cref="NearestRounding"/>, for the nearest; the lower in the middle unless given.</summary>
        public object? Nearest { get; set; }

        /// <summary>The cubic's coefficient; -0.75 unless given.</summary>
        public object? CubicA { get; set; }

        /// <summary>Whether elements outside the map count for nothing, where else the nearest within stands for them; false unless given.</summary>
        public object? ExcludeOutside { get; set; }

        /// <summary>Whether the filter of linear and cubic is as wide as the elements that it makes smaller; false unless given.</summary>
        public object? Antialias { get; set; }

        /// <summary>For <see cref="ResizeCoordinates.TfCropAndResize"/>: where the part begins on each axis of space, then where it ends on each, in parts of the size.</summary>
        public object? Roi { get; set; }

        /// <summary>For <see cref="ResizeCoordinates.TfCropAndResize"/>: what stands outside the map; 0 unless given.</summary>
        public object? ExtrapolationValue { get; set; }
    }
}
