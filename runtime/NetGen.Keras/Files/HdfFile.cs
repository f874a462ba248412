using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using PureHDF;
using PureHDF.VOL.Native;

namespace NetGen.Keras;

/// <summary>
/// An HDF5 file as a tree of groups and tensors. Whatever is wrong with one, the exception is a <see cref="ModelFileException"/>: PureHDF throws exceptions of any type at damaged files.
/// Opening reads the tree; elements are read when they are asked for, and nothing is allocated for more of them than the file can hold.
/// </summary>
internal sealed class HdfFile : IDisposable
{
    /// <summary>Why a trimmed or natively compiled program cannot read one, and what it does instead.</summary>
    public const string NotTrimmed = "HDF5 is read by reflection. Write safetensors before: dotnet netgen import turns a model into a class and them, and Save those weights that LoadKerasWeights has loaded.";

    /// <summary>Groups and tensors of a file together.</summary>
    private const int MostObjects = 200_000;

    private const int MostLevels = 32;

    /// <summary>Bytes of the texts of one attribute.</summary>
    private const long MostText = 256L << 20;

    /// <summary>DEFLATE makes at most this many bytes of one.</summary>
    private const int MostExpansion = 1100;

    private readonly NativeFile file;
    private readonly GuardedStream stream;
    private int objects;

    /// <param name="fileName">The name, for messages.</param>
    /// <param name="stream">The content, which is disposed with this.</param>
    [RequiresUnreferencedCode(NotTrimmed)]
    [RequiresDynamicCode(NotTrimmed)]
    public HdfFile(string fileName, Stream stream)
    {
        this.FileName = fileName;
        this.stream = new GuardedStream(stream);
        try
        {
            this.file = this.Guard("", "It is not an HDF5 file, or it is damaged", () => H5File.Open(this.stream, leaveOpen: true));
            this.Root = this.ReadGroup(this.file, "", "", 0);
        }
        catch
        {
            this.Dispose();
            throw;
        }
    }

    public string FileName { get; }

    public HdfGroup Root { get; } = null!;

    public void Dispose()
    {
        try
        {
            this.file?.Dispose();
        }
        finally
        {
            this.stream.Dispose();
        }
    }

    [RequiresUnreferencedCode(NotTrimmed)]
    [RequiresDynamicCode(NotTrimmed)]
    private HdfGroup ReadGroup(NativeGroup group, string name, string path, int level)
    {
        if (level > MostLevels)
        {
            throw new ModelFileException(this.FileName, path, $"Groups lie in groups more than {MostLevels} levels deep; a group contains itself, or the file is not Keras's.");
        }

        List<HdfGroup> groups = [];
        List<HdfTensor> tensors = [];
        List<IH5Object> children = this.Guard(path, "The group cannot be read", () =>
        {
            Links.RequireHard(group);
            return group.Children().Take(MostObjects - this.objects + 1).ToList();
        });
        this.objects += children.Count;
        if (this.objects > MostObjects)
        {
            throw new ModelFileException(this.FileName, path, $"The file has more than {MostObjects} groups and tensors.");
        }

        foreach (IH5Object child in children)
        {
            string childPath = path.Length == 0 ? child.Name : path + "/" + child.Name;
            switch (child)
            {
                case NativeGroup inner:
                    groups.Add(this.ReadGroup(inner, child.Name, childPath, level + 1));
                    break;
                case NativeDataset dataset:
                    tensors.Add(this.Guard(childPath, "The tensor cannot be read", () => this.Describe(dataset, child.Name, childPath)));
                    break;
                case IH5UnresolvedLink:
                    throw new ModelFileException(this.FileName, childPath, "A link leads nowhere.");
            }
        }

        return new HdfGroup(name, path, groups, tensors, attribute => this.Texts(group, path, attribute));
    }

    [RequiresUnreferencedCode(NotTrimmed)]
    private HdfTensor Describe(NativeDataset dataset, string name, string path)
    {
        ulong[] dimensions = dataset.Space.Type == H5DataspaceType.Scalar ? [] : dataset.Space.Dimensions;
        bool isBFloat16 = dataset.Type.Size == 2 && this.Texts(dataset, path, "dtype") is ["bfloat16"];
        ElementType? type = (dataset.Type.Class, dataset.Type.Size) switch
        {
            (H5DataTypeClass.FloatingPoint or H5DataTypeClass.FixedPoint or H5DataTypeClass.Opaque, 2) when isBFloat16 => ElementType.BFloat16,
            (H5DataTypeClass.FloatingPoint, 2) => ElementType.Float16,
            (H5DataTypeClass.FloatingPoint, 4) => ElementType.Float32,
            (H5DataTypeClass.FloatingPoint, 8) => ElementType.Float64,
            (H5DataTypeClass.FixedPoint, 1) => dataset.Type.FixedPoint.IsSigned ? ElementType.Int8 : ElementType.UInt8,
            (H5DataTypeClass.FixedPoint, 2) => dataset.Type.FixedPoint.IsSigned ? ElementType.Int16 : ElementType.UInt16,
            (H5DataTypeClass.FixedPoint, 4) => dataset.Type.FixedPoint.IsSigned ? ElementType.Int32 : ElementType.UInt32,
            (H5DataTypeClass.FixedPoint, 8) => dataset.Type.FixedPoint.IsSigned ? ElementType.Int64 : ElementType.UInt64,
            (H5DataTypeClass.Enumerated, 1) => ElementType.Bool,
            _ => null,
        };
        int[] shape = Array.ConvertAll(dimensions, d => d > int.MaxValue ? -1 : (int)d);
        string? problem = dataset.Space.Type == H5DataspaceType.Null ? "It has no elements."
            : type is null ? $"Its elements are of {dataset.Type.Size} bytes of {dataset.Type.Class}; numbers are expected."
            : !TensorInfo.TryGetSize(shape, out int count) ? $"Its shape ({string.Join(", ", dimensions)}) has more than {int.MaxValue} elements."
            : (long)count * dataset.Type.Size > this.Room(dataset) ? $"Its shape ({string.Join(", ", dimensions)}) has more elements than the file of {this.stream.Length} bytes can hold."
            : null;
        return new HdfTensor(name, path, problem is null ? shape : [], type ?? ElementType.Float32, problem, problem is null ? () => this.Read(dataset, path, type!.Value) : null);
    }

    /// <summary>The most bytes that a dataset's elements can be, by its layout.</summary>
    private long Room(NativeDataset dataset) => dataset.Layout.Class == H5DataLayoutClass.Chunked ? this.stream.Length * MostExpansion : this.stream.Length;

    [RequiresUnreferencedCode(NotTrimmed)]
    private float[] Read(NativeDataset dataset, string path, ElementType type) => this.Guard(path, "The tensor's elements cannot be read", () =>
    {
        Links.RequireOwnData(dataset);
        return type switch
        {
            ElementType.Float32 => Elements<float>(),
            ElementType.Float64 => Widen<double>(),
            ElementType.Float16 => Array.ConvertAll(Elements<Half>(), h => (float)h),
            ElementType.BFloat16 => Array.ConvertAll(Elements<ushort>(), b => BitConverter.UInt32BitsToSingle((uint)b << 16)),
            ElementType.Int8 => Widen<sbyte>(),
            ElementType.UInt8 or ElementType.Bool => Widen<byte>(),
            ElementType.Int16 => Widen<short>(),
            ElementType.UInt16 => Widen<ushort>(),
            ElementType.Int32 => Widen<int>(),
            ElementType.UInt32 => Widen<uint>(),
            ElementType.Int64 => Widen<long>(),
            _ => Widen<ulong>(),
        };

        // PureHDF reads no dataset of no elements.
        T[] Elements<T>() => dataset.Space.Dimensions.Contains(0UL) ? [] : dataset.Space.Rank == 0 ? [dataset.Read<T>()] : dataset.Read<T[]>();

        float[] Widen<T>()
            where T : INumberBase<T> => Array.ConvertAll(Elements<T>(), float.CreateSaturating);
    });

    /// <summary>The texts of an attribute; none of one that holds no texts, which is how h5py writes an empty list; null where there is no such attribute.</summary>
    private string[]? Texts(NativeObject owner, string path, string attribute) => this.Guard(path, $"The attribute '{attribute}' cannot be read", () =>
    {
        if (!owner.AttributeExists(attribute))
        {
            return null;
        }

        IH5Attribute found = owner.Attribute(attribute);
        bool isText = found.Type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength;
        ulong count = found.Space.Rank == 0 ? 1 : found.Space.Dimensions.Aggregate(1UL, (a, b) => checked(a * b));
        if (!isText || count == 0 || found.Space.Type == H5DataspaceType.Null)
        {
            return [];
        }

        // Each text has its elements, or a reference, in the file.
        if (count > (ulong)this.stream.Length || checked(count * (ulong)found.Type.Size) > (ulong)Math.Min(this.stream.Length, MostText))
        {
            throw new InvalidDataException($"It says that it has {count} texts of {found.Type.Size} bytes, more than the file holds.");
        }

        string?[] texts = found.Space.Rank == 0 ? [found.Read<string>()] : found.Read<string[]>();
        return Array.ConvertAll(texts, t => t ?? throw new InvalidDataException("One of its texts is nowhere."));
    });

    private T Guard<T>(string path, string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ModelFileException)
        {
            throw;
        }
        catch (Exception e)
        {
            Exception cause = e is System.Reflection.TargetInvocationException or AggregateException ? e.InnerException ?? e : e;
            throw new ModelFileException(this.FileName, path.Length == 0 ? null : path, $"{what}: {cause.Message}", e);
        }
    }
}
