// The districts on a map: each marker says how many of its rows no nearby home says yes to.

import L from "../../vendor/leaflet.js";
import { addMarker, markedMap } from "../../components/marked-map.js";
import { plural } from "../../text/format.js";
import { byDistrict } from "./rows.js";

const CLOSEST_ZOOM = 12;

/**
 * Make the map. It has to be on the page before it is opened.
 * @param {MapConfig} tiles
 * @param {Api.Demand["districts"]} districts
 * @param {(district: string) => unknown} onSelect
 */
export function demandMap(tiles, districts, onSelect) {
  const { element, open: openMap } = markedMap({
    ...{ tiles, label: "Map of the districts", instead: "table", className: "demand__map" },
    options: { maxZoom: CLOSEST_ZOOM },
  });
  /** @type {import("leaflet").Map} */
  let map;
  /** @type {import("leaflet").Marker[]} */
  let markers = [];

  function open() {
    const points = districts.map(({ latitude, longitude }) => L.latLng(latitude, longitude));
    const bounds = L.latLngBounds(points);
    map = openMap((opened) =>
      opened.fitBounds(bounds, { padding: [48, 48], maxZoom: CLOSEST_ZOOM }),
    );
  }

  /**
   * Put a marker on each district that has rows.
   * @param {readonly Api.DemandRow[]} rows
   * @param {string} selected the district that the table shows; empty: all
   */
  function show(rows, selected) {
    markers.forEach((marker) => marker.remove());
    const counts = byDistrict(rows);
    markers = districts.flatMap((each) => {
      const { wanted, unmet } = counts.get(each.district) || { wanted: 0, unmet: 0 };
      return wanted ? [markerOf(each, wanted, unmet, each.district === selected)] : [];
    });
  }

  /**
   * @param {Api.Demand["districts"][number]} district
   * @param {number} wanted
   * @param {number} unmet
   * @param {boolean} isSelected
   */
  function markerOf({ district, latitude, longitude }, wanted, unmet, isSelected) {
    const classes = ["marker", unmet ? "" : "marker--full", isSelected ? "marker--selected" : ""];
    return addMarker(map, [latitude, longitude], {
      className: classes.filter(Boolean).join(" "),
      text: unmet,
      label: `${district}: ${plural(wanted, "row")}, ${unmet} that no nearby home says yes to`,
      onSelect: () => onSelect(district),
    }).layer;
  }

  return { element, open, show, remove: () => map.remove() };
}
