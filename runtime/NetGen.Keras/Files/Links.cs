using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using PureHDF.VOL.Native;

namespace NetGen.Keras;

/// <summary>
/// PureHDF follows links into other files while it lists a group or reads a dataset, and has no switch against it; nor does it tell in public what kind of link one is. So its own tables are looked
/// at before. The project pins the version that they are of.
/// </summary>
[RequiresUnreferencedCode(HdfFile.NotTrimmed)]
internal static class Links
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Refuses a group with links that are not hard ones, before they are followed.</summary>
    /// <exception cref="InvalidDataException">A link is soft or leads into another file.</exception>
    public static void RequireHard(NativeGroup group)
    {
        // Groups of the old form have no links into other files.
        object header = Property(typeof(NativeObject), "Header").GetValue(group) ?? throw new InvalidDataException("A group has no header.");
        foreach (object item in (IEnumerable)Get(header, "HeaderMessages"))
        {
            object message = Get(item, "Data");
            if (message.GetType().Name == "LinkMessage")
            {
                RequireHard(message);
            }
            else if (message.GetType().Name == "LinkInfoMessage" && Get(message, "BTree2NameIndexAddress") is not ulong.MaxValue)
            {
                MethodInfo list = typeof(NativeGroup).GetMethod("EnumerateLinkMessagesFromLinkInfoMessage", Any) ?? throw Unknown("EnumerateLinkMessagesFromLinkInfoMessage");
                foreach (object link in (IEnumerable)list.Invoke(group, [message])!)
                {
                    RequireHard(link);
                }
            }
        }
    }

    /// <summary>Refuses a dataset whose elements lie in other files.</summary>
    /// <exception cref="InvalidDataException">They do.</exception>
    public static void RequireOwnData(NativeDataset dataset)
    {
        if (dataset.Layout.Class == PureHDF.H5DataLayoutClass.VirtualStorage || Property(typeof(NativeDataset), "InternalExternalFileList").GetValue(dataset) is not null)
        {
            throw new InvalidDataException("Its elements lie in other files, which are not read.");
        }
    }

    private static void RequireHard(object link)
    {
        object info = Get(link, "LinkInfo");
        if (info.GetType().Name != "HardLinkInfo")
        {
            string kind = info.GetType().Name == "ExternalLinkInfo" ? "leads into another file" : "is a soft link";
            throw new InvalidDataException($"The link '{ModelFileException.Shorten((string)Get(link, "LinkName"))}' {kind}; Keras writes none, and they are not followed.");
        }
    }

    private static object Get(object owner, string name) => Property(owner.GetType(), name).GetValue(owner) ?? throw new InvalidDataException($"A link or header has no {name}.");

    private static PropertyInfo Property(Type type, string name) => type.GetProperty(name, Any) ?? throw Unknown(name);

    private static NotSupportedException Unknown(string name) =>
        new($"This version of PureHDF, {typeof(NativeGroup).Assembly.GetName().Version}, has no {name}, by which links are checked.");
}
